// @ts-check
// Says before booking that this browser cannot hold a meeting: no connections, no camera, or no safe address.

const isAble = isSecureContext && "RTCPeerConnection" in window && !!navigator.mediaDevices?.getUserMedia;
const notice = document.getElementById("unable");

if (notice && !isAble) notice.hidden = false;
