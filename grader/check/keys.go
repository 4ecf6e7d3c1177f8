package check

// The keys of findings that any exercise may lead to. Those about one TP stand
// with their words in a file of its own (words_tp02.go).
const (
	// Of any exercise.
	ReturnedNil       Key = "returnedNil"
	Panicked          Key = "panicked"
	PanickedSomewhere Key = "panickedSomewhere" // the line is not known
	JobFailed         Key = "jobFailed"
	JobFailedAnywhere Key = "jobFailedSomewhere"
	OtherSession      Key = "otherSession"
	Unanswered        Key = "unanswered"
	Tampered          Key = "tampered"
	Collected         Key = "collected"
	RanInside         Key = "ranInside"
	NotFromSource     Key = "notFromSource"
	Recomputed        Key = "recomputed"
	WrongRows         Key = "wrongRows"
	WrongPartitions   Key = "wrongPartitions"
	WrongValue        Key = "wrongValue"

	// Of the program as a whole.
	NotDone        Key = "notDone"
	NotHandedIn    Key = "notHandedIn"
	DoesNotCompile Key = "doesNotCompile"
	Refused        Key = "refused"
	TimeLimit      Key = "timeLimit"
	MemoryLimit    Key = "memoryLimit"
	OutputLimit    Key = "outputLimit"
	StackLimit     Key = "stackLimit"
	Deadlock       Key = "deadlock"
	Crashed        Key = "crashed"
	CrashedAt      Key = "crashedAt"
	NotReached     Key = "notReached"
	GraderFailed   Key = "graderFailed"
)
