namespace ConsultHub.Attendance;

/// <summary>
/// A unit of credit beside its number. Administrators may write forms for numbers as <c>one:point||other:points</c>, with the plural
/// categories of Unicode CLDR. The client's <c>attendance/unit.ts</c> reads the same notation.
/// </summary>
public static class CreditUnit
{
    /// <param name="unit">A text with or without forms.</param>
    /// <param name="language">Whose rules choose: <c>en</c>, <c>ar</c> or <c>ko</c>.</param>
    public static string Of(string unit, decimal credits, string language)
    {
        var forms = unit.Split("||").Select(form => form.Split(':', 2)).ToList();
        if (forms.Any(form => form is not [("zero" or "one" or "two" or "few" or "many" or "other"), _]))
            return unit;
        var category = CategoryOf(credits, language);
        return (forms.Find(form => form[0] == category) ?? forms.Find(form => form[0] == "other") ?? forms[^1])[1];
    }

    public static string Of(LocalName unit, decimal credits, string language) => Of(unit.In(language), credits, language);

    private static string CategoryOf(decimal number, string language) =>
        (language, number) switch
        {
            ("ko", _) => "other",
            ("ar", _) when decimal.Truncate(number) != number => "other",
            ("ar", 0) => "zero",
            ("ar", 1) => "one",
            ("ar", 2) => "two",
            ("ar", _) => (number % 100) switch
            {
                >= 3 and <= 10 => "few",
                >= 11 => "many",
                _ => "other",
            },
            // "1.0" is said as "1" here, since zeros that say nothing are not shown.
            _ => number == 1 ? "one" : "other",
        };
}
