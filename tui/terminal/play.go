package terminal

// speeds are the steps a second at which a recording plays: never more than 4, so
// that the terminal does not flicker.
var speeds = []int{1, 2, 4}

// Player presses Tick at a pace until it is stopped: a Clock does.
type Player interface {
	Start(perSecond int)
	Stop()
}

// Play is a recording that plays by itself, or does not.
type Play struct {
	Player Player
	Speed  int // steps a second, 0 while it does not play
	pace   int // index in speeds
}

// Go lets it play.
func (p *Play) Go() {
	p.Speed = speeds[p.pace]
	p.Player.Start(p.Speed)
}

// Pause stops it.
func (p *Play) Pause() {
	if p.Speed > 0 {
		p.Speed = 0
		p.Player.Stop()
	}
}

// Change makes it faster or slower, now or when it plays next, and tells how fast.
func (p *Play) Change(by int) int {
	p.pace = min(max(p.pace+by, 0), len(speeds)-1)
	if p.Speed > 0 {
		p.Go()
	}
	return speeds[p.pace]
}
