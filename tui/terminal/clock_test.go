package terminal

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pressed := 0
		clock := &Clock{press: func() { pressed++ }}
		clock.Start(1)
		clock.Start(4)                        // in the place of the first
		<-time.After(1100 * time.Millisecond) // of the bubble's own clock
		synctest.Wait()
		require.Equal(t, 4, pressed)
		clock.Stop()
		clock.Stop()
		<-time.After(time.Hour)
		require.Equal(t, 4, pressed)
	})
}
