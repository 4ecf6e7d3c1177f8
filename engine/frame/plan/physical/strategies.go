package physical

// strategies are those of this package, in the order in which they are asked.
var strategies []Strategy
