package plan

// Rules are the optimiser's rules, in the order in which they are applied. Each
// is in a file of its own. A side of a join of up to broadcast bytes is small.
func Rules(broadcast int64) []Batch {
	operators := []Rule{
		CombineUnions,
		PushProjectionThroughUnion,
		PushDownPredicates,
		PushDownLeftSemiAntiJoin(broadcast),
		LimitPushDown,
		PushProjectionThroughLimit,
		ColumnPruning,
		CollapseRepartition,
		CollapseProject,
		CollapseWindow,
		RemoveRedundantAggregates,
		EliminateOuterJoin,
		EliminateLimits,
		CombineLimits,
		ConstantPropagation,
		FoldablePropagation,
		OptimizeIn,
		LikeSimplification,
		ConstantFolding,
		NullPropagation,
		BooleanSimplification,
		SimplifyCasts,
		RemoveRedundantAliases,
		RemoveNoopOperators,
	}
	return []Batch{
		{"Finish Analysis", true, []Rule{EliminateResolvedHint, EliminateSubqueryAliases, PullOutGroupingExpressions}},
		{"Union", true, []Rule{RemoveNoopOperators, CombineUnions}},
		{"Replace Operators", false, []Rule{ReplaceDistinctWithAggregate, ReplaceDeduplicateWithAggregate}},
		{"Aggregate", false, []Rule{RemoveRepetitionFromGroupExpressions}},
		{"Operator Optimization before Inferring Filters", false, operators},
		{"Infer Filters", true, []Rule{InferFiltersFromConstraints}},
		{"Operator Optimization after Inferring Filters", false, operators},
		{"Eliminate Sorts", false, []Rule{EliminateSorts}},
		{"LocalRelation", false, []Rule{ConvertToLocalRelation, PropagateEmptyRelation}},
		{"Distinct Aggregate Rewrite", true, []Rule{RewriteDistinctAggregates}},
		{"Infer window group limit", true, []Rule{InferWindowGroupLimit}},
		{"Clean Up", false, []Rule{ColumnPruning, CollapseProject, RemoveNoopOperators}},
	}
}
