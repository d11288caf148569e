using System.Text;
using ConsultHub.Conferences.Import;
using CsCheck;

namespace ConsultHub.Tests.Conferences;

/// <summary>Whatever bytes a file has, the reader returns a programme or a fault.</summary>
public sealed class HostileFileTests
{
    [Theory]
    [InlineData(
        "<!DOCTYPE schedule [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><schedule><conference><title>&x;</title></conference></schedule>"
    )]
    [InlineData(
        "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><schedule>&c;</schedule>"
    )]
    [InlineData("<!DOCTYPE schedule SYSTEM \"http://127.0.0.1:1/x.dtd\"><schedule/>")]
    public void A_file_with_a_document_type_declaration_is_refused(string xml) =>
        Assert.Equal("import.dtd", Fault(xml, ProgrammeFormat.ScheduleXml).Code);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Assert.Equal(
            "import.too-deep",
            Fault("<schedule>" + string.Concat(Enumerable.Repeat("<a>", 100_000)), ProgrammeFormat.ScheduleXml).Code
        );
        Assert.Equal("import.malformed", Fault(new string('[', 100_000), ProgrammeFormat.ScheduleJson).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"schedule\":null}")]
    [InlineData("{\"schedule\":{\"conference\":[]}}")]
    [InlineData("{\"schedule\":{\"conference\":{\"days\":{}}}}")]
    [InlineData("{\"schedule\":{\"conference\":{\"days\":[{\"rooms\":[]}]}}}")]
    [InlineData("{\"schedule\":{\"conference\":{\"days\":[{\"rooms\":{\"A\":[7]}}]}}}")]
    [InlineData("{\"schedule\":{\"conference\":{\"title\":\"\\ud800\",\"days\":[]}}}")]
    [InlineData("{\"schedule\":{\"conference\":{\"\\ud800\":1,\"days\":[]}}}")]
    [InlineData("{\"schedule\":{\"conference\":{\"days\":[{\"rooms\":{\"\\ud800\":[]}}]}}}")]
    [InlineData("{\"schedule\":{\"conference\":{},\"events\":[]}}")]
    public void Json_with_another_structure_is_refused(string json) =>
        Assert.StartsWith("import.", Fault(json, ProgrammeFormat.ScheduleJson).Code, StringComparison.Ordinal);

    [Fact]
    public void A_programme_with_too_many_sessions_is_refused()
    {
        var many =
            "<schedule><day date=\"2026-11-23\">"
            + string.Concat(Enumerable.Repeat("<event/>", ProgrammeReader.MostSessions + 1))
            + "</day></schedule>";
        Assert.Equal("import.too-many-sessions", Fault(many, ProgrammeFormat.ScheduleXml).Code);
    }

    [Fact]
    public void Ten_thousand_overlapping_sessions_are_read_with_a_limited_number_of_warnings()
    {
        var one =
            "<event id=\"1\"><title>x</title><start>10:00</start><duration>30</duration><room>A</room>"
            + "<persons><person id=\"1\">P</person></persons></event>";
        var programme = Assert
            .IsType<ProgrammeRead>(
                Read(
                    Encoding.UTF8.GetBytes(
                        "<schedule><day date=\"2026-11-23\">"
                            + string.Concat(Enumerable.Repeat(one, ProgrammeReader.MostSessions))
                            + "</day></schedule>"
                    ),
                    ProgrammeFormat.ScheduleXml
                )
            )
            .Programme;
        Assert.Equal(ProgrammeReader.MostSessions, programme.Sessions.Length);
        Assert.InRange(programme.Warnings.Length, 100, 1000);
    }

    [Theory]
    [InlineData("debconf23.xml")]
    [InlineData("fosdem2007.xml")]
    [InlineData("frab-camp2019.json")]
    [InlineData("hub-schedule2.json")]
    [InlineData("linux_conf_au_2020.ics")]
    public void A_file_that_is_cut_off_anywhere_is_refused(string name)
    {
        var whole = SharedSchedules.Bytes(name);
        var end = whole.AsSpan().LastIndexOfAny((byte)'>', (byte)'}', (byte)'R'); // the R of END:VCALENDAR
        Gen.Int[0, end]
            .Sample(length => Assert.IsType<ImportFault>(Read(whole[..length], SharedSchedules.FormatOf(name))), iter: 60, threads: 1);
    }

    [Theory]
    [InlineData("debconf23.xml")]
    [InlineData("hub-schedule2.json")]
    [InlineData("pretalx-democon.json")]
    [InlineData("producers/icalnet-DateTime1.ics")]
    [InlineData("producers/icaljs-recur_instances.ics")]
    public void A_file_with_any_bytes_changed_is_read_or_refused(string name)
    {
        var whole = SharedSchedules.Bytes(name);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte)
            .Array[1, 6]
            .Sample(
                changes =>
                {
                    var bytes = (byte[])whole.Clone();
                    foreach (var (at, value) in changes)
                        bytes[at] = value;
                    Assert.NotNull(Read(bytes, SharedSchedules.FormatOf(name)));
                },
                iter: 60,
                threads: 1
            );
    }

    [Fact]
    public void Random_bytes_are_refused() =>
        Gen.Select(Gen.Byte.Array, Gen.Enum<ProgrammeFormat>())
            .Sample((bytes, format) => Assert.IsType<ImportFault>(Read(bytes, format)), iter: 500, threads: 1);

    private static ImportResult Read(byte[] bytes, ProgrammeFormat format) => ProgrammeReader.Read(new MemoryStream(bytes), format);

    private static ImportFault Fault(string text, ProgrammeFormat format) =>
        Assert.IsType<ImportFault>(Read(Encoding.UTF8.GetBytes(text), format));
}
