/** What TypeScript's library does not know yet, and what the package leaves on the window. */

interface MediaStreamTrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}
declare var MediaStreamTrackGenerator: { new (init: { kind: "video" | "audio" }): MediaStreamTrackGenerator } | undefined;

interface SelfieSegmentation {
  setOptions(options: { modelSelection: number }): void;
  onResults(listener: (results: { segmentationMask: CanvasImageSource }) => void): void;
  initialize(): Promise<void>;
  send(inputs: { image: HTMLCanvasElement }): Promise<void>;
  close(): Promise<void>;
}
declare var SelfieSegmentation: { new (config: { locateFile: (name: string) => string }): SelfieSegmentation };
