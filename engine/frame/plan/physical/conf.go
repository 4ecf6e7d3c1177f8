package physical

// Conf is the settings that the planner and the operators look at, under Spark's
// names and with its values.
type Conf struct {
	ShufflePartitions  int   // spark.sql.shuffle.partitions
	Adaptive           bool  // spark.sql.adaptive.enabled
	BroadcastThreshold int64 // spark.sql.autoBroadcastJoinThreshold, in bytes; -1: never
	Parallelism        int   // spark.default.parallelism
}

// DefaultConf is Spark's.
func DefaultConf() Conf {
	return Conf{ShufflePartitions: 200, Adaptive: true, BroadcastThreshold: 10 << 20, Parallelism: 2}
}
