package physical

// builtin are the strategies of this package, in the order in which they are
// asked: what runs several logical operators at once comes before what runs one.
func builtin() []Strategy {
	return []Strategy{
		planLimit, planScan, planCached, planSource, planSessions, planSessionRows, planAggregate, planJoin, planProject, planFilter,
		planSort, planUnion, planRepartition, planGenerate, planWindow,
	}
}
