package frame_test

import "etincelle/engine/fs"

// memory is a set of files that lives with the test.
func memory() fs.FS { return &fs.Memory{} }
