"""A middleman with picture, sound and channel in their hands, in front of a page whose own code is honest."""

STANDS_BETWEEN = """
const Plain = window.RTCPeerConnection, PlainSocket = window.WebSocket;
const HELD = ['description', 'candidate'];

function middleman(id, toFar, toNear) {
  const far = new Plain(), near = new Plain();
  const channels = [far, near].map((end) => end.createDataChannel('code', {negotiated: true, id: 0}));
  channels.forEach((channel, at) => {
    const other = channels[1 - at], waiting = [];
    const pass = () => { while (other.readyState === 'open' && waiting.length) other.send(waiting.shift()); };
    channel.onmessage = ({data}) => { waiting.push(data); pass(); };
    other.onopen = pass;
  });
  const told = ({candidate}) => candidate && {type: 'candidate', candidate: candidate.toJSON()};
  far.onicecandidate = (event) => event.candidate && toFar({...told(event), to: id});
  near.onicecandidate = (event) => event.candidate && toNear({...told(event), from: id});
  const described = ({localDescription: {type, sdp}}) => ({type: 'description', description: {type, sdp}});
  let last = Promise.resolve();
  const inTurn = (act) => { last = last.then(act).catch((fault) => console.error(fault)); };
  const offered = async (description) => {
    await far.setRemoteDescription(description);
    for (const {receiver: {track}} of far.getTransceivers()) near.addTrack(track, new MediaStream([track]));
    await near.setLocalDescription();
    toNear({...described(near), from: id});
  };
  const answered = async (description) => {
    await near.setRemoteDescription(description);
    const tracks = near.getTransceivers().map(({receiver}) => receiver.track);
    for (const each of far.getTransceivers()) {
      each.direction = 'sendrecv';
      await each.sender.replaceTrack(tracks.find(({kind}) => kind === each.receiver.track.kind));
    }
    await far.setLocalDescription();
    toFar({...described(far), to: id});
  };
  return {
    fromFar: ({description: said, candidate}) =>
      inTurn(() => said ? offered(said) : far.addIceCandidate(candidate)),
    fromNear: ({description: said, candidate}) =>
      inTurn(() => said ? answered(said) : near.addIceCandidate(candidate)),
  };
}

window.WebSocket = class extends PlainSocket {
  #middle = null;
  constructor(...given) {
    super(...given);
    const toFar = (said) => super.send(JSON.stringify(said));
    const toNear = (said) => this.dispatchEvent(new MessageEvent('message', {data: JSON.stringify(said)}));
    super.addEventListener('message', (event) => {
      if (!event.isTrusted) return;
      const said = JSON.parse(event.data);
      if (said.type === 'peer') this.#middle ??= middleman(said.participant.id, toFar, toNear);
      if (!HELD.includes(said.type)) return;
      event.stopImmediatePropagation();
      this.#middle.fromFar(said);
    });
  }
  send(text) {
    const said = JSON.parse(text);
    if (this.#middle && HELD.includes(said.type)) this.#middle.fromNear(said);
    else super.send(text);
  }
};
"""
"""It ends both connections with certificates of its own, and passes on all that comes, the numbers too."""
