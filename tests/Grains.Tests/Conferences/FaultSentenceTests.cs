using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Tests.Conferences;

/// <summary>
/// Refusals name their sentence, its values and the place of the fault, so that clients can show them in other languages.
/// </summary>
public sealed partial class FaultSentenceTests
{
    private const string Begin = "BEGIN:VCALENDAR\n",
        Schedule = "{\"schedule\":{\"conference\":{\"title\":\"x\"";

    [Theory]
    [InlineData(ProgrammeFormat.ScheduleXml, "<schedule><day>", "import.malformed.xml")]
    [InlineData(ProgrammeFormat.ScheduleXml, "<!DOCTYPE s><schedule/>", "import.dtd")]
    [InlineData(ProgrammeFormat.ScheduleXml, "<html/>", "import.unknown-format.xml")]
    [InlineData(ProgrammeFormat.ScheduleXml, "<schedule/>", "import.no-sessions")]
    [InlineData(ProgrammeFormat.ScheduleJson, "{\"schedule\":", "import.malformed.json")]
    [InlineData(ProgrammeFormat.ScheduleJson, "{}", "import.unknown-format.json")]
    [InlineData(ProgrammeFormat.ScheduleJson, "{\"schedule\":{}}", "import.unknown-format.conference")]
    [InlineData(ProgrammeFormat.ScheduleJson, Schedule + "}}}", "import.unknown-format.sessions")]
    [InlineData(ProgrammeFormat.ScheduleJson, Schedule + "},\"rooms\":[]}}", "import.invalid.rooms")]
    [InlineData(ProgrammeFormat.ScheduleJson, Schedule + ",\"days\":7}}}", "import.invalid.list")]
    [InlineData(ProgrammeFormat.ScheduleJson, "{\"schedule\":[]}", "import.invalid.object")]
    [InlineData(ProgrammeFormat.ScheduleJson, "{\"schedule\":{\"conference\":{\"title\":\"\\ud800\"}}}", "import.malformed.unicode")]
    [InlineData(ProgrammeFormat.Calendar, "<schedule/>", "import.unknown-format.calendar")]
    [InlineData(ProgrammeFormat.Calendar, Begin + Begin, "import.malformed.inside")]
    [InlineData(ProgrammeFormat.Calendar, Begin + "END:VEVENT", "import.malformed.unbegun")]
    [InlineData(ProgrammeFormat.Calendar, Begin + "BEGIN:VEVENT", "import.malformed.unended")]
    public void A_refusal_names_its_sentence_and_values_and_a_readable_place(ProgrammeFormat format, string file, string sentence)
    {
        var fault = Assert.IsType<ImportFault>(ProgrammeReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(file)), format));
        Assert.Equal(sentence, fault.Sentence);
        Assert.True(sentence == fault.Code || sentence.StartsWith(fault.Code + '.', StringComparison.Ordinal));
        Assert.Equal(
            Sentence.Places().Matches(Sentences.English(typeof(FaultSentences))[sentence]).Select(m => m.Groups[1].Value).Order(),
            fault.Values.Keys.Except([FaultSentences.Parser]).Order()
        );
        Assert.DoesNotContain(
            '{',
            fault.Message.Replace(fault.Values.GetValueOrDefault(FaultSentences.Parser, "?"), "", StringComparison.Ordinal)
        );
        if (fault.Place is { } place)
            Assert.Matches(Place(), place);
    }

    /// <summary>The client's sentences in all languages are tested against this list.</summary>
    [Fact]
    public void The_list_that_the_client_is_tested_against_is_up_to_date()
    {
        var kept = File.ReadAllText(Path.Combine(SharedSchedules.RepositoryRoot(), "src/Web/client/src/conferences/refusals.vectors.json"));
        Assert.Equal(
            Sentences.English(typeof(FaultSentences)).OrderBy(s => s.Key, StringComparer.Ordinal),
            JsonSerializer.Deserialize<Dictionary<string, string>>(kept)!.OrderBy(s => s.Key, StringComparer.Ordinal)
        );
    }

    [GeneratedRegex(@"^(line \d+(, (column|byte) \d+|, event .+)?|\$.*)$")]
    private static partial Regex Place();
}
