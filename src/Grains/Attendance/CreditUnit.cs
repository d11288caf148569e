namespace ConsultHub.Attendance;

/// <summary>
/// Chooses the plural form of a unit of credit for a number. A unit can have several plural forms, which administrators write as
/// <c>one:point||other:points</c>. Each form begins with the name of its plural category in Unicode CLDR. The client's
/// <c>certificates/unit.ts</c> reads the same notation.
/// </summary>
public static class CreditUnit
{
    /// <summary>Returns the plural form of a unit that fits a number of credits.</summary>
    /// <param name="unit">The plural forms in the notation above, or a plain text. A plain text is returned unchanged.</param>
    /// <param name="language">The language whose plural rules apply: <c>en</c>, <c>ar</c> or <c>ko</c>.</param>
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
            // The number 1.0 is shown as "1" without its zero, so it takes the plural form of 1.
            _ => number == 1 ? "one" : "other",
        };
}
