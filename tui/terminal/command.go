package terminal

// Command is what a screen ends with, for the command line to start in its
// place.
type Command struct {
	Words  []string // after `go run .`
	File   string   // to open in the editor, in the place of Words
	Line   int      // of File
	Screen bool     // it takes the whole terminal: nothing of it is left to read
}
