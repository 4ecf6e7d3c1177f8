package codec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

type (
	pair[K comparable, V any] struct {
		Key   K
		Value V
	}
	hidden struct{ Name, city string }
	tagged struct {
		Name string `json:"-"`
	}
	clash struct {
		Inner
		Name string
	}
	Inner    struct{ Name, City string }
	Embedded struct {
		Inner
		Zip int
	}
	renamed struct {
		A string `json:"B"`
		B string
	}
	stamped struct {
		time.Time
		Note string
	}
	Marked struct{ degrees int } // says itself how it is written
	marked struct {
		*Marked
		Note string
	}
	list struct {
		Value int
		Next  *list
	}
	tree    struct{ Children []tree }
	twoWays struct {
		Left  Inner `json:"l"`
		Right Inner `json:"r"`
	}
)

func (m Marked) MarshalBinary() ([]byte, error) {
	return binary.BigEndian.AppendUint32(nil, uint32(m.degrees)), nil
}

func (m *Marked) UnmarshalBinary(data []byte) error {
	if len(data) != 4 {
		return errors.New("not a Marked")
	}
	m.degrees = int(binary.BigEndian.Uint32(data))
	return nil
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		kind reflect.Type
		want string // "" when accepted
	}{
		{reflect.TypeFor[int](), ""},
		{reflect.TypeFor[pair[string, []float64]](), ""},
		{reflect.TypeFor[map[pair[string, int]][2]time.Time](), ""},
		{reflect.TypeFor[pair[int, Embedded]](), ""},
		{reflect.TypeFor[twoWays](), ""},
		{reflect.TypeFor[Marked](), ""},
		{reflect.TypeFor[struct{ When *Marked }](), ""},

		{reflect.TypeFor[hidden](), "codec.hidden.city is not exported"},
		{reflect.TypeFor[[]pair[int, hidden]](), "element.Value.city is not exported"},
		{reflect.TypeFor[tagged](), `codec.tagged.Name would be lost when it is written out, because its tag says "-"`},
		{reflect.TypeFor[clash](), `codec.clash.Inner.Name and codec.clash.Name are both written out as "Name"`},
		{reflect.TypeFor[renamed](), `codec.renamed.A and codec.renamed.B are both written out as "B"`},
		{reflect.TypeFor[stamped](), "codec.stamped.Time is embedded and says itself how it is written"},
		{reflect.TypeFor[marked](), "codec.marked.Marked is embedded and says itself how it is written"},
		{reflect.TypeFor[big.Int](), "big.Int.neg is not exported"},
		{reflect.TypeFor[pair[int, any]](), ".Value is an interface (interface {})"},
		{reflect.TypeFor[map[string]error](), "map[string]error value is an interface (error)"},
		{reflect.TypeFor[map[fmt.Stringer]int](), "map[fmt.Stringer]int key is an interface (fmt.Stringer)"},
		{reflect.TypeFor[func()](), "func() is a func, which cannot be written out"},
		{reflect.TypeFor[struct{ Out chan int }](), ".Out is a chan"},
		{reflect.TypeFor[complex128](), "is a complex128"},
		{reflect.TypeFor[uintptr](), "is a uintptr"},
		{reflect.TypeFor[unsafe.Pointer](), "is a unsafe.Pointer"},
		{reflect.TypeFor[**int](), "nil and a pointer to nil are written alike"},
		{reflect.TypeFor[*[]int](), "are written alike: drop the pointer"},
		{reflect.TypeFor[list](), "codec.list.Next element is a codec.list inside a codec.list"},
		{reflect.TypeFor[tree](), "codec.tree.Children element is a codec.tree inside a codec.tree"},
	} {
		t.Run(c.kind.String(), func(t *testing.T) {
			if err := Check(c.kind); c.want != "" {
				assert.ErrorContains(t, err, c.want)
			} else {
				assert.NoError(t, err)
			}
		})
	}
}

// The types of TestCheck that are not plain do come back.
func TestRoundTripOfOddTypes(t *testing.T) {
	e := Embedded{Inner{"Alice", "Paris"}, 75005}
	assert.Equal(t, e, back(t, e))
	two := twoWays{Inner{"a", "b"}, Inner{"c", "d"}}
	assert.Equal(t, two, back(t, two))
	m := []*Marked{{degrees: 21}, nil}
	assert.Equal(t, m, back(t, m))
}
