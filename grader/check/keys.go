package check

// The keys of findings. Those about one TP stand with the others: an instructor's
// statistics and the translators see one list.
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

	// TP 2.
	RepartitionForCoalesce Key = "repartitionForCoalesce"
	CoalesceForRepartition Key = "coalesceForRepartition"
	CoalesceCannotGrow     Key = "coalesceCannotGrow"
	Uneven                 Key = "uneven"
	MovedTwice             Key = "movedTwice"
	CombineBefore          Key = "combineBefore"
	TooManyRows            Key = "tooManyRows"
	OneTask                Key = "oneTask"
	CancelledCounted       Key = "cancelledCounted"
	EarlyDropped           Key = "earlyDropped"
	SharedMemory           Key = "sharedMemory"
	PartitionerLost        Key = "partitionerLost"
)
