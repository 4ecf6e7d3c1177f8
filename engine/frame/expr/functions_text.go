package expr

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash/crc32"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"etincelle/engine/frame/column"
)

// textFunctions is the family of functions that ask something of strings: their
// length, what is inside, how alike they are, their digest.
var textFunctions = []*Function{
	{Name: "length", Aliases: []string{"char_length", "character_length", "len"}, Min: 1, Max: 1, Sign: always(intT, stringT), Eval: fixed(runes), Safe: true, Example: Example{"length('été')", "3"}},
	{Name: "octet_length", Min: 1, Max: 1, Sign: always(intT, stringT), Eval: fixed(func(s string) int32 { return int32(len(s)) }), Safe: true, Example: Example{"octet_length('été')", "5"}},
	{Name: "bit_length", Min: 1, Max: 1, Sign: always(intT, stringT), Eval: fixed(func(s string) int32 { return 8 * int32(len(s)) }), Safe: true, Example: Example{"bit_length('abc')", "24"}},
	{Name: "ascii", Min: 1, Max: 1, Sign: always(intT, stringT), Eval: fixed(firstLetter), Safe: true, Example: Example{"ascii('abc')", "97"}},
	{Name: "instr", Min: 2, Max: 2, Sign: always(intT, stringT, stringT), Eval: fixed2(func(s, part string) int32 { return find(part, s, 1) }), Safe: true, Example: Example{"instr('abc', 'b')", "2"}},
	{Name: "locate", Aliases: []string{"position"}, Min: 2, Max: 3, Defaults: []any{int32(1)}, Sign: always(intT, stringT, stringT, intT), Eval: func(c *Call) (column.Column, error) {
		return try3(c, func(part, s string, from int32) (int32, error) { return find(part, s, from), nil })
	}, Example: Example{"locate('b', 'abcb', 3)", "4"}},
	{Name: "startswith", Min: 2, Max: 2, Sign: always(column.BooleanType, stringT, stringT), Eval: fixed2(strings.HasPrefix), Safe: true, Plan: func(a []string) string { return "StartsWith(" + a[0] + ", " + a[1] + ")" }, Example: Example{"startswith('abc', 'a')", "true"}},
	{Name: "endswith", Min: 2, Max: 2, Sign: always(column.BooleanType, stringT, stringT), Eval: fixed2(strings.HasSuffix), Safe: true, Plan: func(a []string) string { return "EndsWith(" + a[0] + ", " + a[1] + ")" }, Example: Example{"endswith('abc', 'c')", "true"}},
	{Name: "contains", Min: 2, Max: 2, Sign: always(column.BooleanType, stringT, stringT), Eval: fixed2(strings.Contains), Safe: true, Plan: func(a []string) string { return "Contains(" + a[0] + ", " + a[1] + ")" }, Example: Example{"contains('abc', 'b')", "true"}},
	{Name: "find_in_set", Min: 2, Max: 2, Sign: always(intT, stringT, stringT), Eval: fixed2(findInSet), Safe: true, Example: Example{"find_in_set('b', 'a,b')", "2"}},
	{Name: "levenshtein", Min: 2, Max: 2, Sign: always(intT, stringT, stringT), Eval: fixed2(func(a, b string) int32 { return int32(distance(a, b)) }), Example: Example{"levenshtein('kitten', 'sitting')", "3"}},
	text1("soundex", soundex, "soundex('Miller')", "M460"),
	text1("md5", func(s string) string { d := md5.Sum([]byte(s)); return hex.EncodeToString(d[:]) }, "md5('a')", "0cc175b9c0f1b6a831c399e269772661"),
	text1("sha1", func(s string) string { d := sha1.Sum([]byte(s)); return hex.EncodeToString(d[:]) }, "sha1('a')", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "sha"),
	{Name: "sha2", Min: 2, Max: 2, Sign: always(stringT, stringT, intT), Nulls: NullOrOther, Eval: evalSha2, Example: Example{"left(sha2('a', 256), 8)", "ca978112"}},
	{Name: "crc32", Min: 1, Max: 1, Sign: always(column.BigIntType, stringT), Eval: fixed(func(s string) int64 { return int64(crc32.ChecksumIEEE([]byte(s))) }), Example: Example{"crc32('a')", "3904355907"}},
	{Name: "hash", Min: 1, Max: -1, Sign: anything(intT), Nulls: NullNever, Eval: evalHash, Example: Example{"hash(1)", "-559580957"}},
	{Name: "xxhash64", Min: 1, Max: -1, Sign: anything(column.BigIntType), Nulls: NullNever, Eval: evalXXHash, Example: Example{"xxhash64('a')", "-8582455328737087284"}},
	text1("base64", func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }, "base64('abc')", "YWJj"),
	{Name: "unbase64", Min: 1, Max: 1, Sign: always(stringT, stringT), Eval: try_(unbase64), Example: Example{"unbase64('YWJj')", "abc"}},
	{Name: "hex", Min: 1, Max: 1, Sign: signHex, Eval: evalHex, Example: Example{"hex(255)", "FF"}},
	{Name: "unhex", Min: 1, Max: 1, Sign: always(stringT, stringT), Nulls: NullOrOther, Eval: func(c *Call) (column.Column, error) { return maybe1(c, unhex) }, Example: Example{"unhex('616263')", "abc"}},
	{Name: "bin", Min: 1, Max: 1, Sign: always(stringT, column.BigIntType), Eval: fixed(func(n int64) string { return strconv.FormatUint(uint64(n), 2) }), Example: Example{"bin(5)", "101"}},
	{Name: "conv", Min: 3, Max: 3, Sign: always(stringT, stringT, intT, intT), Nulls: NullOrOther, Eval: evalConv, Example: Example{"conv('ff', 16, 10)", "255"}},
	{Name: "format_number", Min: 2, Max: 2, Sign: always(stringT, column.DoubleType, intT), Nulls: NullOrOther, Eval: func(c *Call) (column.Column, error) { return maybe2(c, formatNumber) }, Example: Example{"format_number(12345.678, 2)", "12,345.68"}},
	{Name: "format_string", Aliases: []string{"printf"}, Min: 1, Max: -1, Sign: signFormat, Nulls: NullOwn, Eval: evalFormat, Example: Example{"format_string('%d %s', 1, 'a')", "1 a"}},
}

func runes(s string) int32 { return int32(utf8.RuneCountInString(s)) }

func firstLetter(s string) int32 {
	for _, r := range s {
		return r
	}
	return 0
}

// find is where part begins in s, looking from a position on; 0 when it does not.
func find(part, s string, from int32) int32 {
	if from < 1 {
		return 0
	}
	rest := cut(s, from, 1<<30)
	at := strings.Index(rest, part)
	if at < 0 || rest == "" && from > runes(s)+1 {
		return 0
	}
	return from + runes(rest[:at])
}

func findInSet(s, list string) int32 {
	if strings.Contains(s, ",") {
		return 0
	}
	for i, part := range strings.Split(list, ",") {
		if part == s {
			return int32(i) + 1
		}
	}
	return 0
}

// soundexCodes are the digits of A to Z: 0 is a vowel, 7 is H and W, which do not part equal digits.
const soundexCodes = "01230127022455012623017202"

func soundex(s string) string {
	s = strings.ToUpper(s)
	if s == "" || s[0] < 'A' || s[0] > 'Z' {
		return s
	}
	code := []byte{s[0]}
	last := soundexCodes[s[0]-'A']
	for i := 1; i < len(s) && len(code) < 4; i++ {
		if s[i] < 'A' || s[i] > 'Z' {
			last = '0'
			continue
		}
		digit := soundexCodes[s[i]-'A']
		if digit == '7' {
			continue
		}
		if digit != '0' && digit != last {
			code = append(code, digit)
		}
		last = digit
	}
	return (string(code) + "000")[:4]
}

func evalSha2(c *Call) (column.Column, error) {
	return maybe2(c, func(s string, bits int32) (string, bool) {
		var digest []byte
		switch data := []byte(s); bits {
		case 0, 256:
			d := sha256.Sum256(data)
			digest = d[:]
		case 224:
			d := sha256.Sum224(data)
			digest = d[:]
		case 384:
			d := sha512.Sum384(data)
			digest = d[:]
		case 512:
			d := sha512.Sum512(data)
			digest = d[:]
		default:
			return "", false
		}
		return hex.EncodeToString(digest), true
	})
}

func evalHash(c *Call) (column.Column, error) {
	return column.New(intT, column.Hash(c.Rows, c.Args...), nil), nil
}

func evalXXHash(c *Call) (column.Column, error) {
	out := make([]int64, c.Rows)
	for i := range out {
		out[i] = int64(xxhash(c.Args, i))
	}
	return column.New(column.BigIntType, out, nil), nil
}

func unbase64(s string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return "", Errorf("CONVERSION_INVALID_INPUT", "The value '%s' (\"STRING\") cannot be converted to \"BINARY\" because it is malformed.", s)
	}
	return string(b), nil
}

func signHex(args []Expr) (Signature, error) {
	t := stringT
	if args[0].Type().Numeric() {
		t = column.BigIntType
	}
	return accept(args, []column.Type{t}, stringT)
}

func evalHex(c *Call) (column.Column, error) {
	if c.Args[0].Type().Kind == column.BigInt {
		return map1(c, func(n int64) string { return strings.ToUpper(strconv.FormatUint(uint64(n), 16)) })
	}
	return map1(c, func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) })
}

func unhex(s string) (string, bool) {
	if len(s)%2 == 1 {
		s = "0" + s
	}
	b, err := hex.DecodeString(s)
	return string(b), err == nil
}

// evalConv writes a number in another base; digits that are none end it.
func evalConv(c *Call) (column.Column, error) {
	return maybeRow(c, func(i int) (string, bool) {
		s, from, to := strings.ToLower(strings.TrimSpace(texts(c, 0)[i])), int(ints(c, 1)[i]), int(ints(c, 2)[i])
		if s == "" || from < 2 || from > 36 || to < -36 || to > 36 || to > -2 && to < 2 {
			return "", false
		}
		minus := s[0] == '-'
		s = strings.TrimPrefix(s, "-")
		end := 0
		for end < len(s) {
			if _, err := strconv.ParseUint(s[end:end+1], from, 8); err != nil {
				break
			}
			end++
		}
		n, _ := new(big.Int).SetString("0"+s[:end], from) // digits of that base alone
		if !n.IsUint64() {
			n.SetUint64(^uint64(0))
		}
		v := n.Uint64()
		if minus {
			v = -v
		}
		if to < 0 {
			return strings.ToUpper(strconv.FormatInt(int64(v), -to)), true
		}
		return strings.ToUpper(strconv.FormatUint(v, to)), true
	})
}
