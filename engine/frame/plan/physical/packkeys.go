package physical

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// packedKeys is keys as Spark puts them in the table of a broadcast: whole numbers
// that fit together in a bigint become one. Our tables take the keys as they are;
// this is for the plan's text.
func packedKeys(keys []expr.Expr) []expr.Expr {
	bits := 0
	for _, k := range keys {
		switch k.Type().Kind {
		case column.Int:
			bits += 32
		case column.BigInt:
			bits += 64
		default:
			return keys
		}
	}
	if bits > 64 {
		return keys
	}
	packed := asBigInt(keys[0])
	for _, k := range keys[1:] {
		packed = shifted{packed, asBigInt(k)}
	}
	return []expr.Expr{packed}
}

func asBigInt(e expr.Expr) expr.Expr { return expr.NewCast(e, column.BigIntType) }

// shifted is two ints in a bigint, for the plan's text.
type shifted struct{ high, low expr.Expr }

func (s shifted) Type() column.Type            { return column.BigIntType }
func (s shifted) Nullable() bool               { return s.high.Nullable() || s.low.Nullable() }
func (s shifted) Children() []expr.Expr        { return []expr.Expr{s.high, s.low} }
func (s shifted) With(c []expr.Expr) expr.Expr { return shifted{c[0], c[1]} }
func (s shifted) String() string {
	return "(shiftleft(" + s.high.String() + ", 32) | (" + s.low.String() + " & 4294967295))"
}
