package trial

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUndoAndRedo(t *testing.T) {
	var trials Trials[int, string]
	a, b := Run[int, string]{1, "a"}, Run[int, string]{2, "b"}
	_, some := trials.Undo(a)
	require.False(t, some)
	_, some = trials.Redo(a)
	require.False(t, some)
	trials.Leave(a)
	back, some := trials.Undo(b)
	require.True(t, some)
	require.Equal(t, a, back)
	again, some := trials.Redo(a)
	require.True(t, some)
	require.Equal(t, b, again)
	back, _ = trials.Undo(b)
	trials.Leave(back)
	_, some = trials.Redo(a)
	require.False(t, some, "a new run forgets what was undone")
}

func TestRunner(t *testing.T) {
	pressed := make(chan struct{}, 1)
	wrong := errors.New("wrong")
	r := NewRunner(context.Background(), func(_ context.Context, n int) (string, error) {
		if n < 0 {
			return "", wrong
		}
		if n == 0 {
			panic("a defect")
		}
		return "story", nil
	}, func() { pressed <- struct{}{} })
	_, over, _ := r.Result()
	require.False(t, over)
	r.Start(1)
	<-pressed
	run, over, err := r.Result()
	require.NoError(t, err)
	require.True(t, over)
	require.Equal(t, Run[int, string]{1, "story"}, run)
	r.Start(-1)
	<-pressed
	_, over, err = r.Result()
	require.True(t, over)
	require.ErrorIs(t, err, wrong)
	r.Start(0)
	<-pressed
	_, _, err = r.Result()
	require.ErrorContains(t, err, "a defect")
}
