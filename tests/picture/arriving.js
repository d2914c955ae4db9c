/* Where no page may take pictures off a track, as in Firefox: each is decoded here on its way in, and goes on untouched. */

importScripts("camera.js");

self.onrtctransform = ({ transformer: { readable, writable } }) => {
  const output = (picture) => {
    self.look(picture);
    postMessage(self.seen);
  };
  const decoder = new VideoDecoder({ output, error: fail });
  decoder.configure({ codec: "vp8" });
  const through = new TransformStream({
    transform(frame, on) {
      decoder.decode(new EncodedVideoChunk({ type: frame.type, timestamp: frame.timestamp, data: frame.data }));
      on.enqueue(frame);
    },
  });
  readable.pipeThrough(through).pipeTo(writable).catch(() => undefined); // the connection was closed
};

/** A picture that nobody could look at must not count for one without the marker. @param {Error} error */
function fail(error) {
  postMessage({ failed: error.message });
}
