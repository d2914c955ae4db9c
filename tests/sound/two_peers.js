/* Two of the product's peers in one page, each with a tone to send; what they say to each other is counted. */

const HERE = new URL(document.body.dataset.assets, location.href);
const { Peer } = await import(new URL("js/meeting/peer.js", HERE).href);
const { Redundancy } = await import(new URL("js/meeting/redundancy.js", HERE).href);

const said = { description: 0 };
const connections = [];
const Native = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Native {
  constructor(...given) {
    super(...given);
    connections.push(this);
  }
};

/** A tone needs nobody's leave. */
function tone() {
  const context = new AudioContext();
  const from = context.createOscillator();
  const to = context.createMediaStreamDestination();
  from.connect(to);
  from.start();
  return to.stream;
}

const peers = [];
for (const at of [0, 1]) {
  const other = () => peers[1 - at];
  const nothing = () => undefined;
  peers.push(
    new Peer(tone(), null, {
      description: (description) => {
        said.description += 1;
        void other().hear(description);
      },
      candidate: (candidate) => void other().hearCandidate(candidate),
      remote: nothing, screen: nothing, state: nothing, carried: nothing, certificates: nothing, code: nothing, needsIce: nothing,
    }),
  );
}

const how = { servers: [], relayOnly: false, awaitsDevices: false };
peers[1].start({ polite: true, ...how });
peers[0].start({ polite: false, ...how });

async function sent(connection) {
  for (const stat of (await connection.getStats()).values())
    if (stat.type === "outbound-rtp" && stat.kind === "audio") return stat;
}

/** The bytes of sound in a packet, on average over the next 25 packets that leave. */
window.packet = async (at) => {
  const first = await sent(connections[at]);
  let last = first;
  while (last.packetsSent < first.packetsSent + 25) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    last = await sent(connections[at]);
  }
  return (last.bytesSent - first.bytesSent) / (last.packetsSent - first.packetsSent);
};
const redundancies = connections.map((connection) => new Redundancy(connection));
window.speak = (at, isTwice) => redundancies[at].send(isTwice);
/** Something new is to be agreed on, and nobody has said so yet. */
window.speakAmidNews = (at) => {
  connections[at].addTransceiver("video");
  return redundancies[at].send(false);
};
window.places = (at) => connections[at].getTransceivers().filter((each) => each.mid !== null).length;
window.said = () => said.description;
window.state = (at) => `${connections[at].signalingState} ${connections[at].connectionState}`;
while (connections.some((each) => each.connectionState !== "connected")) await new Promise((resolve) => setTimeout(resolve, 20));
while (!(await sent(connections[0]))?.packetsSent || !(await sent(connections[1]))?.packetsSent) await new Promise((resolve) => setTimeout(resolve, 20));
document.body.dataset.ready = "";
