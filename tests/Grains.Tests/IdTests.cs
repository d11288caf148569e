namespace ConsultHub.Tests;

public sealed class IdTests
{
    [Theory]
    [
        InlineData("s01", true),
        InlineData("a.b-c_d", true),
        InlineData("", false),
        InlineData("-a", false),
        InlineData("A", false),
        InlineData("a b", false)
    ]
    [InlineData("s01\n", false), InlineData("s01\r\n", false), InlineData("s01\0", false), InlineData("s0\u001b1", false)]
    public void An_id_is_one_short_word_with_nothing_after_it(string text, bool valid)
    {
        Assert.Equal(valid, TextId.IsValid(text));
        Assert.Equal(valid, SessionId.TryParse(text, null, out _));
    }
}
