using ConsultHub.Attendance;

namespace ConsultHub.Tests.Attendance;

public sealed class CreditUnitTests
{
    [Theory]
    [
        InlineData("one:point||other:points", "en", "1.0", "point"),
        InlineData("one:point||other:points", "en", "0", "points"),
        InlineData("one:point||other:points", "en", "0.5", "points")
    ]
    [
        InlineData("few:نقاط||other:نقطة", "ar", "3", "نقاط"),
        InlineData("few:نقاط||other:نقطة", "ar", "103", "نقاط"),
        InlineData("few:نقاط||other:نقطة", "ar", "11", "نقطة")
    ]
    [
        InlineData("few:نقاط||other:نقطة", "ar", "2.5", "نقطة"),
        InlineData("two:نقطتان||other:نقطة", "ar", "2", "نقطتان"),
        InlineData("one:point||other:점", "ko", "1", "점")
    ]
    [
        InlineData("points", "en", "1", "points"),
        InlineData("note: points", "en", "1", "note: points"),
        InlineData("a||b", "en", "1", "a||b")
    ]
    public void A_credit_unit_takes_the_plural_form_of_its_number_and_a_plain_unit_stays_unchanged(
        string unit,
        string language,
        string credits,
        string said
    ) => Assert.Equal(said, CreditUnit.Of(unit, decimal.Parse(credits, System.Globalization.CultureInfo.InvariantCulture), language));
}
