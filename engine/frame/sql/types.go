package sql

import (
	"strconv"
	"strings"

	"etincelle/engine/frame/column"
)

var simpleTypes = map[string]column.Type{
	"boolean": column.BooleanType, "int": column.IntType, "integer": column.IntType,
	"bigint": column.BigIntType, "long": column.BigIntType, "double": column.DoubleType,
	"string": column.StringType, "date": column.DateType, "timestamp": column.TimestampType,
	"timestamp_ltz": column.TimestampType, "interval": column.IntervalType, "void": column.VoidType,
}

// nearTypes are Spark's other types, and what holds their values here.
var nearTypes = map[string]string{
	"float": "DOUBLE", "real": "DOUBLE", "smallint": "INT", "short": "INT", "tinyint": "INT", "byte": "INT",
	"char": "STRING", "varchar": "STRING", "binary": "STRING", "timestamp_ntz": "TIMESTAMP", "map": "an ARRAY of STRUCTs",
}

// dataType is the name of a type with its parameters.
func (p *parser) dataType() column.Type {
	defer p.deeper()()
	from := p.now().from
	name := strings.ToLower(p.name())
	switch name {
	case "decimal", "dec", "numeric":
		return p.decimalType(from)
	case "array":
		p.mustSymbol("<")
		elem := p.dataType()
		p.closeAngle()
		return column.ArrayOf(elem)
	case "struct":
		return p.structType()
	}
	if t, known := simpleTypes[name]; known {
		return t
	}
	if near, known := nearTypes[name]; known {
		p.refuse("UNSUPPORTED_DATATYPE", from, "Unsupported data type %q: use %s", strings.ToUpper(name), near)
	}
	p.refuse("UNSUPPORTED_DATATYPE", from, "Unsupported data type %q", strings.ToUpper(name))
	return column.Type{}
}

func (p *parser) decimalType(from int) column.Type {
	sizes := []int{10, 0} // decimal alone
	if p.symbol("(") != "" {
		sizes = append(commas(p, p.wholeNumber), 0)
		p.mustSymbol(")")
	}
	if sizes[0] > 38 {
		p.refuse("DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", from, "Decimal precision %d exceeds max precision 38", sizes[0])
	}
	if sizes[1] > sizes[0] {
		p.refuse("INVALID_DECIMAL_SCALE", from, "Decimal scale %d cannot be greater than precision %d", sizes[1], sizes[0])
	}
	return column.DecimalType(sizes[0], sizes[1])
}

func (p *parser) wholeNumber() int {
	n, err := strconv.Atoi(p.now().text)
	if p.now().kind != number || err != nil {
		p.fail("a whole number")
	}
	p.next()
	return n
}

func (p *parser) structType() column.Type {
	t := column.Type{Kind: column.Struct}
	if p.symbol("<>") != "" {
		return t
	}
	p.mustSymbol("<")
	t.Fields = commas(p, func() column.Field {
		name := p.name()
		p.symbol(":")
		f := column.Field{Name: name, Type: p.dataType(), Nullable: true}
		if p.keywords("not", "null") {
			f.Nullable = false
		}
		return f
	})
	p.closeAngle()
	return t
}

// closeAngle takes one > off: the lexer makes one symbol of several.
func (p *parser) closeAngle() {
	t := &p.tokens[p.at]
	if t.kind != symbol || !strings.HasPrefix(t.text, ">") || strings.Trim(t.text, ">") != "" {
		p.fail("'>'")
	}
	if t.text == ">" {
		p.at++
		return
	}
	t.text = t.text[1:]
	t.from++
}
