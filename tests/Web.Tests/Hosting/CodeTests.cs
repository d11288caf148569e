using System.Text.RegularExpressions;
using ConsultHub.Rostering;
using ConsultHub.Web.Hosting;

namespace ConsultHub.Tests.Hosting;

public sealed partial class CodeTests
{
    private static readonly ILookup<(Type Type, string Member), string> Names = Codes.Names([
        typeof(Code).Assembly,
        typeof(Problems).Assembly,
    ]);

    private static readonly HashSet<string> Refusals = [.. Names[(typeof(Refusal), nameof(Code))]];

    [Fact]
    public void Every_kind_of_refusal_has_an_HTTP_status() =>
        Assert.All(Enum.GetValues<RefusalKind>(), kind => Assert.InRange(Problems.StatusOf(kind), 400, 599));

    [Fact]
    public void A_finding_has_a_code_of_a_refusal() => Assert.Subset(Refusals, Names[(typeof(Finding), nameof(Finding.Code))].ToHashSet());

    [Fact]
    public void A_refusal_with_an_unknown_code_is_a_conflict_and_keeps_its_message()
    {
        var refusal = Refusal.Of("roster.of-a-newer-release", "A newer silo says this.")!;
        Assert.Equal(("roster.of-a-newer-release", RefusalKind.Conflict), (refusal.Code.Name, refusal.Kind));
        Assert.Equal("A newer silo says this.", refusal.Message);
    }

    /// <summary>
    /// A field declares each code. All other places use this field and do not repeat the text. So no code is misspelt, and none is missing
    /// in the description.
    /// </summary>
    private static readonly string[] WordsOfTheTrace = ["Traces(", "trail.Add("];

    [Fact]
    public void Codes_are_written_as_text_only_where_they_are_declared()
    {
        var words = Refusals.Select(c => c.Split('.')[0]).Append("candidate").Append("import").Except(["hub"]).ToHashSet();
        // These are state names of a roster's journal and not codes.
        string[] others = ["roster.row", "roster.text", "roster.sealed-snapshot"];
        var written =
            from file in Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            let name = Path.GetFileNameWithoutExtension(file)
            where !name.EndsWith("Codes", StringComparison.Ordinal) && !name.EndsWith("Sentences", StringComparison.Ordinal)
            where !name.EndsWith("Actions", StringComparison.Ordinal) // these declare the names of actions, which are not codes
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            from line in File.ReadLines(file)
            where !WordsOfTheTrace.Any(call => line.Contains(call, StringComparison.Ordinal))
            from literal in Literal().Matches(line).Select(m => m.Groups[1].Value)
            where (words.Contains(literal.Split('.')[0]) && !others.Contains(literal)) || Refusals.Contains(literal)
            select $"{name}: {literal}";
        Assert.Empty(written);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Hub.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("\"([a-z]+(?:\\.[a-z-]+)+)\"")]
    private static partial Regex Literal();
}
