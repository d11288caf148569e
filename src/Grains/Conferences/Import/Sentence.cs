using System.Text.RegularExpressions;

namespace ConsultHub.Conferences.Import;

/// <summary>An English sentence about a file, with {placeholders} for its values. Clients find its translation by its name.</summary>
/// <param name="code">The code that the sentence explains.</param>
/// <param name="word">An additional word of the name, if the code has several sentences.</param>
public sealed partial class Sentence(Code code, string english, string? word = null) : ICode
{
    public Code Code => code;

    public string English => english;

    /// <summary>The stable name: the code, and then the additional word if there is one.</summary>
    public string Name { get; } = word is null ? code.Name : $"{code}.{word}";

    /// <summary>Returns the sentence with values in place of its placeholders.</summary>
    public string With(Func<string, string> value) => Places().Replace(english, place => value(place.Groups[1].Value));

    [GeneratedRegex(@"\{(\w+)\}")]
    public static partial Regex Places();
}
