using System.Text;
using System.Text.Json.Nodes;
using ConsultHub.Web.Records;

namespace ConsultHub.Tests.Records;

/// <summary>CSV files as spreadsheets of several countries write them: encodings, separators, quotation marks, and single cells.</summary>
public sealed class CsvFileTests
{
    private const string Arabic = "id,name.ar\nc-1,عيادة القلب والأوعية الدموية\nc-2,قسم الأشعة في الطابق الثاني\n",
        Korean = "id,name.ko\nc-1,심장내과 진료실 일번\nc-2,서울아산병원에서 오신 선생님\n",
        German = "id;name.en\nc-1;Müller für Österreich\nc-2;Große Straße, zweites Büro\n",
        French = "id;name.en\nc-1;Hôpital général — l’été\nc-2;Où est l’œuvre ?\n";

    static CsvFileTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static CsvFile Read(byte[] bytes, string? encoding = null, string? separator = null)
    {
        var (file, refusal) = TableCsv.Read(bytes, encoding, separator);
        Assert.True(file is not null, refusal?.Message);
        return file;
    }

    private static CsvFile Read(string text, string? separator = null) => Read(Encoding.UTF8.GetBytes(text), separator: separator);

    private static (string Code, string? Place) Refusal(string text) =>
        TableCsv.Read(Encoding.UTF8.GetBytes(text), null, null).Refusal is { } refusal ? (refusal.Code.Name, refusal.Place) : default;

    private static string Text(CsvFile file) => string.Join('\n', file.Rows.Select(r => string.Join('|', r.Cells)));

    public static TheoryData<string, string, bool> Encodings =>
        new()
        {
            { Arabic, "utf-8", false },
            { Arabic, "utf-8", true },
            { Korean, "utf-8", false },
            { Arabic, "utf-16", true },
            { Korean, "utf-16BE", true },
            { Korean, "utf-16", false },
            { German, "utf-16", false },
            { Arabic, "windows-1256", false },
            { Korean, "ks_c_5601-1987", false },
            { German, "windows-1252", false },
            { French, "windows-1252", false },
        };

    [Theory, MemberData(nameof(Encodings))]
    public void The_encoding_of_a_file_is_found(string text, string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        Assert.Equal(Text(Read(text)), Text(Read(bytes)));
        Assert.Equal(["id", Read(text).Header[1]], Read(bytes).Header);
    }

    [Theory]
    [InlineData("windows-1256", Arabic), InlineData("cp949", Korean), InlineData("euc-kr", Korean), InlineData("windows-1252", German)]
    public void The_person_can_name_the_encoding_of_a_file(string name, string text)
    {
        var encoding = Encoding.GetEncoding(name == "cp949" ? "ks_c_5601-1987" : name);
        Assert.Equal(Text(Read(text)), Text(Read(encoding.GetBytes(text), name)));
    }

    [Theory, InlineData("klingon"), InlineData("utf-7"), InlineData(""), InlineData("\0")]
    public void An_unknown_encoding_is_refused(string name)
    {
        var refusal = TableCsv.Read("id\n1\n"u8.ToArray(), name, null).Refusal!;
        Assert.Equal(("table.unknown-encoding", "encoding"), (refusal.Code.Name, refusal.Place));
    }

    [Theory]
    [InlineData("a,b;c\n1,2;3\n", ",", "1|2;3")]
    [InlineData("a;b\n1,5;2,5\n", ";", "1,5|2,5")]
    [InlineData("a\tb\n1\t2\n", "\t", "1|2")]
    [InlineData("a|b\n1|2\n", "|", "1|2")]
    [InlineData("sep=;\r\na;b\r\n1;2,3,4\r\n", ";", "1|2,3,4")]
    [InlineData("sep=\t\na\tb\n1\t2\n", "\t", "1|2")]
    [InlineData("SEP=,\na,b\n1,2\n", ",", "1|2")]
    [InlineData("a\n1\n", ",", "1")]
    public void The_separator_of_a_file_is_found(string text, string separator, string rows)
    {
        var file = Read(text);
        Assert.Equal((separator, rows), (file.Separator, Text(file)));
    }

    [Fact]
    public void The_person_can_name_the_separator_of_a_file()
    {
        Assert.Equal("1,2|3", Text(Read("a,x:b\n1,2:3\n", ":")));
        var refusal = TableCsv.Read("a\n1\n"u8.ToArray(), null, "::").Refusal!;
        Assert.Equal(("table.bad-separator", "separator"), (refusal.Code.Name, refusal.Place));
    }

    [Fact]
    public void A_row_has_the_line_of_the_file_in_which_it_begins()
    {
        int[] Lines(string text) => [.. Read(text).Rows.Select(r => r.Line)];
        Assert.Equal([2, 3], Lines("a,b\n1,2\n3,4"));
        Assert.Equal([2, 3], Lines("a,b\r\n1,2\r\n3,4\r\n"));
        Assert.Equal([2, 5, 6], Lines("a,b\n\"one\ntwo\nthree\",2\n3,4\n5,6\n"));
        Assert.Equal([2, 4], Lines("a,b\r\n\"one\r\ntwo\",2\r\n3,4\r\n"));
        Assert.Equal([3, 6], Lines("a,b\n\n1,2\n\n,\n3,4\n")); // blank rows are left out
        Assert.Equal([3, 4], Lines("sep=,\na,b\n1,2\n3,4\n"));
        Assert.Equal([2, 4], Lines("a,b\n1,\"x\n\"\n3,4\n"));
        Assert.Equal([2, 3], Lines("a,b\r1,2\r3,4\r")); // as old spreadsheets on a Mac write
    }

    [Fact]
    public void Quoted_cells_have_separators_and_line_breaks_and_quotation_marks()
    {
        Assert.Equal(["one, two", "say \"yes\"", "a\nb"], Read("a,b,c\n\"one, two\",\"say \"\"yes\"\"\",\"a\nb\"\n").Rows[0].Cells);
        Assert.Equal(["", "x"], Read("a,b\n\"\",x\n").Rows[0].Cells);
    }

    [Theory]
    [InlineData("a,b\n1,\"never closed\n2,3\n", "line 2")]
    [InlineData("a,b\n1,2\n3,some\"thing\n", "line 3")]
    public void A_quotation_mark_in_a_wrong_place_is_refused_with_its_line(string text, string place) =>
        Assert.Equal(("table.bad-quote", place), Refusal(text));

    [Fact]
    public void A_file_without_a_first_row_is_refused()
    {
        Assert.Equal("table.empty", Refusal("").Code);
        Assert.Equal("table.empty", Refusal("\n\n").Code);
        Assert.Equal("table.empty", Refusal("sep=;").Code);
    }

    [Fact]
    public void A_file_has_at_most_20000_rows()
    {
        string Rows(int count) => "a\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{i}\n"));
        Assert.Equal(20_000, Read(Rows(20_000)).Rows.Count);
        Assert.Equal(("table.too-many-rows", "line 20002"), Refusal(Rows(20_001)));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1"), InlineData("+971 4 123", "'+971 4 123"), InlineData("-", "'-"), InlineData("@home", "'@home")]
    [InlineData("'=1", "''=1"), InlineData("'quoted'", "'quoted'"), InlineData("''@x", "'''@x"), InlineData("plain", "plain")]
    [InlineData("a=b", "a=b"), InlineData("\t=1", "'\t=1"), InlineData("غرفة", "غرفة")]
    public void A_text_that_a_spreadsheet_would_run_is_escaped_and_comes_back_as_it_was(string text, string written)
    {
        var column = Column.Text("contact");
        Assert.Equal(written, CellText.Write(column, JsonValue.Create(text)));
        var (value, wrong) = CellText.Read(column, written, TimeZoneInfo.Utc);
        Assert.Equal((text.Trim(), null), (value!.GetValue<string>().Trim(), wrong));
    }

    [Fact]
    public void A_negative_number_stays_a_number()
    {
        var column = new Column("latitude", ColumnKind.Fraction);
        Assert.Equal("-25.5", CellText.Write(column, JsonValue.Create(-25.5)));
        Assert.Equal(-25.5m, Read(column, "-25.5")!.GetValue<decimal>());
    }

    private static JsonNode? Read(Column column, string text, string zone = "Asia/Dubai") =>
        CellText.Read(column, text, TimeZoneInfo.FindSystemTimeZoneById(zone)) is (var value, null) ? value : null;

    private static string? Cell(Column column, string text, string zone = "Asia/Dubai") => Read(column, text, zone)?.ToJsonString();

    [Theory]
    [InlineData("6", "6"), InlineData(" 6 ", "6"), InlineData("6.0", "6"), InlineData("-3", "-3"), InlineData("6.5", null)]
    [InlineData("1,5", null), InlineData("1,000", null), InlineData("six", null), InlineData("99999999999", null), InlineData("1e3", null)]
    public void A_whole_number_is_read_or_refused_and_never_guessed(string text, string? read) =>
        Assert.Equal(read, Cell(Column.Number("capacity", 1, 100), text));

    [Theory]
    [
        InlineData("25.2", "25.2"),
        InlineData("25,2", "25.2"),
        InlineData("-0.5", "-0.5"),
        InlineData("1.234,5", null),
        InlineData("N 25", null)
    ]
    public void A_decimal_number_has_a_point_or_a_comma(string text, string? read) =>
        Assert.Equal(read, Cell(new("latitude", ColumnKind.Fraction), text));

    [Theory]
    [InlineData("2026-11-28", "2026-11-28"), InlineData("2026/1/5", "2026-01-05"), InlineData("28.11.2026", "2026-11-28")]
    [InlineData("28/11/2026", "2026-11-28"), InlineData("11/28/2026", "2026-11-28"), InlineData("5/5/2026", "2026-05-05")]
    [InlineData("2026. 1. 5.", null), InlineData("5/11/2026", null), InlineData("30/2/2026", null), InlineData("soon", null)]
    public void A_date_is_read_if_it_is_clear_which_number_is_the_month(string text, string? read) =>
        Assert.Equal(read is null ? null : $"\"{read}\"", Cell(new("from", ColumnKind.Date), text));

    [Theory]
    [InlineData("2026-11-28T09:00+04:00", "2026-11-28T05:00:00"), InlineData("2026-11-28T09:00:00Z", "2026-11-28T09:00:00")]
    [InlineData("2026-11-28 09:00", "2026-11-28T05:00:00"), InlineData("28.11.2026 9:00", "2026-11-28T05:00:00")]
    [InlineData("2026-11-28", "2026-11-27T20:00:00"), InlineData("1/2/2026 09:00", null), InlineData("2026-11-28 25:00", null)]
    [InlineData("0001-01-01", null), InlineData("9999-12-31", null), InlineData("2026-11-28T99:00Z", null), InlineData("T", null)]
    public void A_time_without_a_zone_is_local_time_of_the_network(string text, string? utc)
    {
        var read = Read(Column.Instant("from"), text);
        Assert.Equal(utc, read?.GetValue<string>()[..19]);
    }

    [Fact]
    public void A_date_without_a_time_is_the_start_of_the_day_or_as_an_end_the_end_of_the_day()
    {
        Assert.StartsWith("2026-11-27T20:00:00", Read(Column.Instant("from"), "2026-11-28")!.GetValue<string>());
        Assert.StartsWith("2026-11-28T20:00:00", Read(Column.End("to"), "2026-11-28")!.GetValue<string>());
        Assert.StartsWith("2026-11-28T20:00:00", Read(Column.Until, "28/11/2026")!.GetValue<string>());
        Assert.StartsWith("2026-11-28T05:00:00", Read(Column.End("to"), "2026-11-28 09:00")!.GetValue<string>());
    }

    [Fact]
    public void A_local_time_that_the_clocks_skip_is_refused()
    {
        Assert.Null(Read(Column.Instant("from"), "2027-03-28 02:30", "Europe/Paris"));
        Assert.NotNull(Read(Column.Instant("from"), "2027-03-28 03:30", "Europe/Paris"));
    }

    [Theory]
    [InlineData("yes", true), InlineData("TRUE", true), InlineData("1", true), InlineData("x", true), InlineData("no", false)]
    [InlineData("False", false), InlineData("0", false), InlineData("maybe", null), InlineData("نعم", null)]
    public void A_flag_is_yes_or_no(string text, bool? read) =>
        Assert.Equal(read, Read(new Column("remote", ColumnKind.Flag), text)?.GetValue<bool>());

    [Theory]
    [InlineData("01:30:00", "01:30:00"), InlineData("1:30", "01:30:00"), InlineData("1.00:00:00", "1.00:00:00"), InlineData("15", null)]
    [InlineData("-01:00:00", null), InlineData("long", null)]
    public void A_length_of_time_has_hours_and_minutes(string text, string? read) =>
        Assert.Equal(read, Read(new Column("travelMargin", ColumnKind.Duration), text)?.GetValue<string>());

    [Fact]
    public void A_list_is_separated_by_semicolons()
    {
        var column = Column.Text("languages") with { Many = true };
        Assert.Equal("""["ko","en","ar"]""", Cell(column, "ko; en;;ar ;"));
        Assert.Equal("ko;en", CellText.Write(column, new JsonArray("ko", "en")));
        Assert.Null(Read(Column.Reference("specialties", "specialties") with { Many = true }, "cardiology;Heart surgery"));
    }

    [Fact]
    public void A_choice_is_one_of_its_values_in_any_case()
    {
        var column = Column.Choice<DayOfWeek>("day");
        Assert.Equal("\"friday\"", Cell(column, "FRIDAY"));
        Assert.Null(Read(column, "الجمعة"));
    }

    [Theory]
    [InlineData("Kim Min-jun", "Min-jun Kim", true), InlineData("Minjun Kim", "Kim Min Joon", true)]
    [InlineData("Mohammed Al Suwaidi", "Muhammad Alsuwaidi", true), InlineData("KIM, Min-Jun", "Kim Min Jun", true)]
    [InlineData("Kim Min-jun", "Lee Seo-yeon", false), InlineData("Ahmed Ali", "Omar Saeed", false)]
    public void Names_that_are_spelt_differently_are_alike(string one, string other, bool alike) =>
        Assert.Equal(alike, Likeness.KeysOf(new(one)).Intersect(Likeness.KeysOf(new(other))).Any());

    [Fact]
    public void Names_that_differ_in_their_own_script_are_those_of_two_people()
    {
        Assert.True(Likeness.Differ(new("Kim Min-jun", Ko: "김민준"), new("Kim Min-jun", Ko: "김민중")));
        Assert.False(Likeness.Differ(new("Kim Min-jun", Ko: "김민준"), new("Kim Min-jun", Ko: "김 민준")));
        Assert.False(Likeness.Differ(new("Kim Min-jun", Ko: "김민준"), new("Kim Min-jun")));
        Assert.True(Likeness.Differ(new("Ali", "علي"), new("Ali", "عالي")));
        Assert.NotEmpty(Likeness.KeysOf(new("x", Ko: "김민준")).Intersect(Likeness.KeysOf(new("y", Ko: "김 민준"))));
    }
}
