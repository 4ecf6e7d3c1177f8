package codec

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestOpenIsTheInverseOfSeal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.StringN(0, 20, 40).Draw(t, "kind")
		payload := rapid.SliceOf(rapid.Byte()).Draw(t, "payload")
		got, err := Open("f", kind, Seal(kind, payload))
		require.NoError(t, err)
		require.Equal(t, payload, slices.Clip(append([]byte{}, got...)))
	})
}

// Every change of one byte and every cut is noticed: all of them are tried.
func TestSealedFileRefusesEveryChange(t *testing.T) {
	for _, payload := range []string{"", "x", "three rows\x00and a zero"} {
		file := Seal("block", []byte(payload))
		refused := func(what string, changed []byte) {
			_, err := Open("f", "block", changed)
			require.ErrorIs(t, err, ErrDamaged, what)
		}
		for i := range file {
			for mask := 1; mask < 256; mask++ {
				changed := slices.Clone(file)
				changed[i] ^= byte(mask)
				refused(fmt.Sprintf("byte %d changed by %08b", i, mask), changed)
			}
			refused(fmt.Sprintf("cut after %d bytes", i), file[:i])
			refused(fmt.Sprintf("first %d bytes missing", i+1), file[i+1:])
		}
		refused("a byte more", append(slices.Clone(file), 0))
		refused("the file twice", append(slices.Clone(file), file...))
	}
}

// Longer damage, and bytes of any origin.
func TestSealedFileRefusesDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file := Seal("block", rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(t, "payload"))
		other := Seal("block", rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(t, "other"))
		cut := rapid.IntRange(0, len(file)).Draw(t, "cut")
		spliced := append(slices.Clone(file[:cut]), other[min(cut, len(other)):]...)
		if !slices.Equal(spliced, file) && !slices.Equal(spliced, other) {
			_, err := Open("f", "block", spliced)
			require.ErrorIs(t, err, ErrDamaged)
		}
		_, err := Open("f", "block", rapid.SliceOf(rapid.Byte()).Draw(t, "noise"))
		require.ErrorIs(t, err, ErrDamaged)
	})
}

func TestOpenSaysWhatItFound(t *testing.T) {
	good := Seal("block", []byte("payload"))
	newer := slices.Clone(good)
	newer[len(magic)] = Version + 1
	longer := Seal("block", []byte("payload and more"))
	altered := slices.Clone(good)
	altered[len(altered)-sha256.Size-1]++
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "it does not begin as a file of this engine does"},
		{"foreign", []byte("PAR1 and the rest of it"), "it does not begin as a file of this engine does"},
		{"newer", newer, "format 2 is newer than 1, the newest this engine reads"},
		{"cut", good[:20], "it is cut off after 20 bytes"},
		{"other kind", Seal("checkpoint", nil), `it holds a "checkpoint", a "block" was expected`},
		{"cut payload", longer[:len(longer)-9], "it holds 7 bytes where 16 were written"},
		{"altered", altered, "its checksum does not match its contents"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open("/tmp/rdd_1_0", "block", c.data)
			require.ErrorIs(t, err, ErrDamaged)
			assert.EqualError(t, err, "/tmp/rdd_1_0: damaged or foreign file: "+c.want)
		})
	}
}
