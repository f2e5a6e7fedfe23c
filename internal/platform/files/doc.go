// Package files keeps the files that people hand in, in a folder of the node.
//
// A file is named by the SHA-256 of what is kept, so the same file is kept once however often it is sent, and whoever has its name can tell
// whether it is still what it was. It is written beside its place, put on the disk, and given its name last: it is there as a whole or not at all.
//
// What a file is, is read from its content and never from its name (see Kind). A picture is decoded and drawn anew, upright, so that the place
// where it was taken, the camera and all else that stood beside its pixels is gone. A document is kept as it is; Marks tells what it says of its
// author. Whatever could harm the one who opens it, as macros, programs and archives made to fill a disk do, is refused.
//
// The package never knows what a file is for, nor who may see it. It removes a file only where whoever uses the store says that nothing
// names it any more (see Store.Sweep).
//
// Sources: FIPS 180-4 (SHA-256); PKWARE APPNOTE 6.3.10 (ZIP); ISO 32000-2 (PDF); ECMA-376 (Office Open XML); OASIS OpenDocument 1.3;
// CIPA DC-008 (Exif) and TIFF 6.0 for the orientation of pictures; WHATWG MIME Sniffing for signatures.
package files
