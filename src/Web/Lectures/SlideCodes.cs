namespace ConsultHub.Web.Lectures;

/// <summary>The codes of refusals about slides.</summary>
[CodesOf<Refusal>]
public static class SlideCodes
{
    public static readonly Code Broken = Code.Unreadable("lecture.slides-broken");
    public static readonly Code Encrypted = Code.Unreadable("lecture.slides-encrypted");
    public static readonly Code NotPdf = Code.Unreadable("lecture.slides-not-pdf");

    /// <summary>Reading the file takes more memory, stack or time than any deck needs.</summary>
    public static readonly Code TooComplex = Code.Unreadable("lecture.slides-too-complex");
    public static readonly Code TooLarge = Code.TooLarge("lecture.slides-too-large");
    public static readonly Code TooManyPages = Code.Unreadable("lecture.slides-too-many-pages");
    public static readonly Code UnknownDeck = Code.Unknown("lecture.unknown-deck");

    /// <summary>Returns the code that <see cref="SlideReader"/> has printed. Null if the answer is none of the reader's codes.</summary>
    internal static Code? Of(string answer) =>
        ((Code[])[Broken, Encrypted, NotPdf, TooComplex, TooManyPages]).FirstOrDefault(c => c.Name == answer);
}
