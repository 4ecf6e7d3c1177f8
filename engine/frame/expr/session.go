package expr

import (
	"time"

	"etincelle/engine/frame/column"
)

// InSession puts the session's time zone into what reads or writes clocks, and
// the time of the query in place of current_timestamp(): all rows see one time.
func InSession(e Expr, now time.Time, zone *time.Location) Expr {
	return Rewrite(e, func(e Expr) Expr {
		switch e := e.(type) {
		case *Cast:
			if zone == time.UTC || e.Zone == zone {
				return e
			}
			d := *e
			d.Zone = zone
			return &d
		case *Invoke:
			switch e.Func.Name {
			case "current_timestamp":
				return &Literal{column.TimestampOf(now), column.TimestampType}
			case "current_date":
				return &Literal{dateOf(now.In(zone)), column.DateType}
			}
			if zone == time.UTC || e.Zone == zone {
				return e
			}
			d := *e
			d.Zone = zone
			return &d
		}
		return e
	})
}
