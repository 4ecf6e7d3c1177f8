package dstreamcase

type scripted struct{}

func receiver(l *life, step Step) (*rows, error) { return nil, NotBuilt{"receiver"} }
func (s *scripted) calls() []string              { return nil }
func (l *life) receiverEvents() []string         { return nil }
func (l *life) blockLevels(batch *set) []string  { return nil }
func (l *life) play(r *runner, script []Action)  {}
