package expr

import "etincelle/engine/frame/column"

// Calls on dates and times that stand for others.

func meansCast(name string, t column.Type) func([]Expr) (Expr, error) {
	return func(args []Expr) (Expr, error) {
		if err := checkCast(args[0], t, false); err != nil {
			return nil, err
		}
		return &Stands{NewCast(args[0], t), written(name), args}, nil
	}
}

// meansPlainCast is double(x): a cast that leaves no trace in names of columns.
func meansPlainCast(t column.Type) func([]Expr) (Expr, error) {
	return func(args []Expr) (Expr, error) {
		if err := checkCast(args[0], t, false); err != nil {
			return nil, err
		}
		return NewCast(args[0], t), nil
	}
}

// meansToDate is a cast, when no pattern says how to read.
func meansToDate(args []Expr) (Expr, error) {
	if len(args) == 2 && args[0].Type().Kind == column.String {
		return nil, nil
	}
	return meansCast("to_date", column.DateType)(args)
}

func meansToTimestamp(args []Expr) (Expr, error) {
	if len(args) == 2 && args[0].Type().Kind == column.String {
		return nil, nil
	}
	return meansCast("to_timestamp", column.TimestampType)(args)
}

func signToDate(args []Expr) (Signature, error) {
	return accept(args, []column.Type{stringT, stringT}, column.DateType)
}

func signToTimestamp(args []Expr) (Signature, error) {
	return accept(args, []column.Type{stringT, stringT}, timestampT)
}
