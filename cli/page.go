package cli

import (
	"bytes"
	"context"
	"os"
	"os/exec"
)

// page shows a long text: through `less` in a terminal that has it, as it is
// otherwise.
func (a *app) page(ctx context.Context, text []byte) error {
	less, err := exec.LookPath("less")
	if !a.terminal || err != nil || os.Getenv("PAGER") == "cat" {
		_, err := a.out.Write(text)
		return err
	}
	cmd := exec.CommandContext(ctx, less, "-R", "-F", "-X")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(text), a.out, a.problems
	cmd.Env = append(os.Environ(), "LESSCHARSET=utf-8", "LESSSECURE=1")
	return cmd.Run()
}
