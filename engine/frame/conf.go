package frame

import (
	"strconv"
	"strings"

	"etincelle/engine"
	"etincelle/engine/frame/plan/physical"
)

// Conf is the session's settings as the planner takes them:
//
//	spark.sql.shuffle.partitions             partitions behind a shuffle (200)
//	spark.sql.adaptive.enabled               whether stages are run one by one, and small partitions merged (true)
//	spark.sql.autoBroadcastJoinThreshold     bytes up to which a join's side is broadcast (10 MiB; -1: never)
//	spark.sql.optimizer.excludedRules        rules that are left out, with commas between
//
// One that cannot be read keeps Spark's value.
func Conf(s *engine.Session) physical.Conf {
	conf := physical.DefaultConf()
	conf.Parallelism = s.DefaultParallelism()
	if text, ok := s.Conf("spark.sql.shuffle.partitions"); ok {
		if n, err := strconv.Atoi(text); err == nil && n > 0 {
			conf.ShufflePartitions = n
		}
	}
	if text, ok := s.Conf("spark.sql.adaptive.enabled"); ok {
		if on, err := strconv.ParseBool(text); err == nil {
			conf.Adaptive = on
		}
	}
	if text, ok := s.Conf("spark.sql.autoBroadcastJoinThreshold"); ok {
		if n, ok := bytesOf(text); ok {
			conf.BroadcastThreshold = n
		}
	}
	return conf
}

// bytesOf reads a size: "10485760", "10MB", "-1".
func bytesOf(text string) (int64, bool) {
	text = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(text)), "b")
	factor := int64(1)
	for i, unit := range []string{"k", "m", "g"} {
		if digits, ok := strings.CutSuffix(text, unit); ok {
			text, factor = digits, 1<<(10*(i+1))
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n * factor, err == nil
}

// excluded are the rules that the session leaves out, by their names.
func excluded(s *engine.Session) map[string]bool {
	off := map[string]bool{}
	text, _ := s.Conf("spark.sql.optimizer.excludedRules")
	for _, name := range strings.Split(text, ",") {
		name = strings.TrimSpace(name)
		off[name[strings.LastIndexByte(name, '.')+1:]] = true
	}
	return off
}
