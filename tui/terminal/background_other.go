//go:build !unix

package terminal

func fromBackground() {}
