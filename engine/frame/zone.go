package frame

import (
	"time"

	"etincelle/engine"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// Zone is the session's time zone, in which timestamps are read and shown as text:
// the setting spark.sql.session.timeZone, UTC when it is not set or not known.
func Zone(s *engine.Session) *time.Location {
	if name, set := s.Conf("spark.sql.session.timeZone"); set {
		if zone, known := expr.ZoneNamed(name); known {
			return zone
		}
	}
	return time.UTC
}

// inSession puts the session's time zone and time into a plan, as Spark's analyzer
// does: every row of a query sees one current_timestamp().
func inSession(s *engine.Session, n plan.Node) plan.Node {
	now, zone := engine.Inside(s).Clock().Now(), Zone(s)
	return plan.Up(n, func(n plan.Node) plan.Node {
		return plan.MapExprs(n, func(e expr.Expr) expr.Expr { return expr.InSession(e, now, zone) })
	})
}
