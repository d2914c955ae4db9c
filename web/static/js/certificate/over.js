// @ts-check
/** @file Forgets the certificate of an appointment that is over: its key has nothing left to prove. */

import { forgetCertificate } from "./kept.js";

const place = document.getElementById("certificate");
if (place?.dataset["key"]) void forgetCertificate(place.dataset["key"]);
