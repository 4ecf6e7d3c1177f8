package event

// TrialVariable names the environment variable that changes every session of a program,
// for a screen that runs the program again: ETINCELLE_TRIAL={"executors":3,"copies":2}.
const TrialVariable = "ETINCELLE_TRIAL"

// Trial is what is changed. A number that is 0 stays as the program says.
type Trial struct {
	Executors int    `json:"executors,omitempty"`
	Cores     int    `json:"cores,omitempty"`  // of each
	Memory    int64  `json:"memory,omitempty"` // bytes of each for blocks
	Copies    int    `json:"copies,omitempty"` // of each block that is kept
	Kills     []Kill `json:"kills,omitempty"`
}

// Kill takes an executor away when so many tasks of the session have started.
type Kill struct {
	Tasks    int    `json:"tasks"`
	Executor string `json:"executor"`
}
