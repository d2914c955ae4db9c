/** What `first.js` leaves for the modules that come after it. */

interface First {
  PICTURE: MediaTrackConstraints;
  SOUND: MediaTrackConstraints;
  visit: string;
  dialled(path: string, ticket: string, seen: number): WebSocket;
  line: { socket: WebSocket; heard: string[] } | null;
  devices: Promise<MediaStream | null> | null;
}
declare var first: First;
