package report

import (
	"regexp"

	"etincelle/grader/message"
)

// glosses say what the compiler means, for what everybody meets while learning;
// its own words stand above. The first that fits is taken.
var glosses = []struct {
	says  *regexp.Regexp
	means message.Text
}{
	{regexp.MustCompile(`^declared and not used`), message.Both(
		"Cette variable ne sert à rien ensuite. Go le refuse : utilisez-la, ou enlevez-la.",
		"Nothing uses this variable afterwards, which Go refuses: use it, or take it out.")},
	{regexp.MustCompile(`imported and not used$`), message.Both(
		"Cet import ne sert à rien : enlevez la ligne.",
		"Nothing uses this import: take the line out.")},
	{regexp.MustCompile(`^undefined: (strings|slices|maps|sort|fmt|iter|cmp|math|strconv|errors|sync|time|datasets|rdd|engine)$`), message.Both(
		"Ce paquet n'est pas importé : ajoutez-le aux imports, en haut du fichier.",
		"This package is not imported: add it to the imports at the top of the file.")},
	{regexp.MustCompile(`^undefined: rdd\.`), message.Both(
		"Le paquet rdd n'a rien de ce nom ; une majuscule compte. La liste : go doc ./engine/rdd",
		"The package rdd has nothing of that name; capitals count. The list: go doc ./engine/rdd")},
	{regexp.MustCompile(`^undefined: `), message.Both(
		"Rien ne porte ce nom ici : une faute de frappe, ou une ligne qui manque au-dessus.",
		"Nothing has that name here: a misspelling, or a line that is missing above.")},
	{regexp.MustCompile(`undefined \(type .* has no field or method`), message.Both(
		"Ce type n'a rien de ce nom ; une majuscule compte.",
		"This type has nothing of that name; capitals count.")},
	{regexp.MustCompile(`^missing return$`), message.Both(
		"La fonction peut finir sans rendre de valeur : il manque un return avant l'accolade.",
		"The function can end without giving a value back: a return is missing before the brace.")},
	{regexp.MustCompile(`^cannot use .*of type \*rdd\.(RDD|Pairs).* as \*rdd\.(RDD|Pairs).* value in `), message.Both(
		"Les lignes n'ont pas le type attendu : comparez ce qui est entre les crochets des deux types.",
		"The rows are not of the type that is wanted: compare what stands in the brackets of the two types.")},
	{regexp.MustCompile(`^cannot use .* as .* value in `), message.Both(
		"Ce n'est pas le type attendu : ce qui suit « as » l'est.",
		"This is not the type that is wanted: what follows “as” is.")},
	{regexp.MustCompile(`^(not enough|too many) arguments in call`), message.Both(
		"« have » est ce que l'appel donne, « want » ce que la fonction attend.",
		"“have” is what the call gives, “want” what the function expects.")},
	{regexp.MustCompile(`^(not enough|too many) return values`), message.Both(
		"« have » est ce qui est rendu, « want » ce que la fonction annonce.",
		"“have” is what is given back, “want” what the function announces.")},
	{regexp.MustCompile(`^cannot (infer|use generic)`), message.Both(
		"Le compilateur ne trouve pas le type des lignes : donnez à la fonction des arguments dont le type est connu.",
		"The compiler cannot find the rows' type: give the function arguments whose type is known.")},
	{regexp.MustCompile(`assignment mismatch`), message.Both(
		"Le nombre de variables à gauche n'est pas celui des valeurs à droite.",
		"The number of variables on the left is not that of the values on the right.")},
	{regexp.MustCompile(`possibly missing comma or [)}\]]$`), message.Both(
		"Quelque chose n'est pas fermé : une parenthèse, une accolade ou une virgule manque à la fin de cette ligne.",
		"Something is not closed: a parenthesis, a brace or a comma is missing at the end of this line.")},
	{regexp.MustCompile(`^syntax error: (unexpected EOF|non-declaration statement)|unexpected name .* at end of statement|unexpected name .*, expected \(|expected }`), message.Both(
		"Souvent une accolade ou une parenthèse manque, ou est en trop, un peu plus haut.",
		"Often a brace or a parenthesis is missing, or too many, a little above.")},
}

// gloss is what a message of the compiler means, nothing for most.
func gloss(said string) message.Text {
	for _, g := range glosses {
		if g.says.MatchString(said) {
			return g.means
		}
	}
	return message.Text{}
}
