namespace ConsultHub.Tests.Ids;

public sealed class TextIdTests
{
    [Theory]
    [
        InlineData("a"),
        InlineData("p-coordinator"),
        InlineData("2026.w48_x"),
        InlineData("01234567890123456789012345678901234567890123456789012345678901234567890123456789")
    ]
    public void A_key_consists_of_lower_case_letters_and_digits_and_dots_and_dashes_and_underscores(string text) =>
        Assert.True(TextId.IsValid(text));

    [Theory]
    [
        InlineData(""),
        InlineData("-a"),
        InlineData("A"),
        InlineData("a/b"),
        InlineData("a b"),
        InlineData("a\n"),
        InlineData("\na"),
        InlineData("a\r\n"),
        InlineData("é"),
        InlineData("a\0")
    ]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public void Text_that_is_not_a_valid_key_is_refused(string text) => Assert.False(TextId.IsValid(text));
}
