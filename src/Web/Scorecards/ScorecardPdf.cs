using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConsultHub.Scorecards;
using ConsultHub.Web.Certificates;
using SkiaSharp;

namespace ConsultHub.Web.Scorecards;

/// <summary>What a printed scorecard says about itself.</summary>
/// <param name="About">Labels and values: the period, the filter, the time of the reading and the report.</param>
/// <param name="Hospitals">The names of the hospitals, by their ids. A hospital without a name is shown by its id.</param>
internal sealed record ScorecardFacts(
    LocalName Network,
    ImmutableArray<(string Label, string Value)> About,
    IReadOnlyDictionary<string, LocalName> Hospitals,
    DateTimeOffset At
);

/// <summary>
/// Draws a scorecard on A4 pages: all figures in their groups, and then the figures of each hospital that are not zero. It is PDF/A-2b.
/// </summary>
internal sealed class ScorecardPdf(ScorecardFacts facts, ImmutableArray<FigureScore> scores, ScorecardTexts texts, CertificateFonts fonts)
{
    /// <summary>So many hospitals are printed. At the end, the file says how many are left out.</summary>
    public const int MostHospitals = 60;

    private const float Width = 595,
        Height = 842,
        Edge = 48,
        Bottom = Height - 56,
        RowHeight = 19,
        TitleHeight = 36,
        NameHeight = 24;

    /// <summary>So many lines a value may take, such as a list of hospitals.</summary>
    private const int MostLines = 40;

    private static readonly SKColor Ink = new(0x10, 0x2A, 0x43),
        Soft = new(0x52, 0x60, 0x6D),
        Accent = new(0x0B, 0x6E, 0x6E),
        Rule = new(0xD5, 0xDC, 0xE2);

    /// <summary>Where the columns of numbers end, from the edge at which lines start.</summary>
    private static readonly float[] Columns = [360, 450, Width - Edge];

    private readonly List<List<(float Y, Action<float> Draw)>> _pages = [];
    private TextPen _pen = new(fonts, texts.Plain.RightToLeft);
    private float _y;

    private string Language => texts.Plain.Language;

    private LineAlign Start => texts.Plain.RightToLeft ? LineAlign.Right : LineAlign.Left;

    private LineAlign End => texts.Plain.RightToLeft ? LineAlign.Left : LineAlign.Right;

    private float X(float x) => texts.Plain.RightToLeft ? Width - x : x;

    public byte[] Draw()
    {
        LayOut();
        using var nowhere = new SKNoDrawCanvas((int)Width, (int)Height);
        _pen.Canvas = nowhere;
        for (var page = 0; page < _pages.Count; page++)
            DrawPage(page);
        using var few = fonts.Only(new HashSet<Rune>(_pen.Characters));
        _pen = new(few, texts.Plain.RightToLeft);
        using var stream = new MemoryStream();
        var about = new SKDocumentPdfMetadata
        {
            Title = $"{texts.Title} – {facts.Network.In(Language)}",
            Author = facts.Network.In(Language),
            Creator = "Consult Hub",
            Producer = "Consult Hub",
            Creation = facts.At.UtcDateTime,
            Modified = facts.At.UtcDateTime,
            PdfA = true,
        };
        using (var document = SKDocument.CreatePdf(stream, about))
        {
            for (var page = 0; page < _pages.Count; page++)
            {
                _pen.Canvas = document.BeginPage(Width, Height);
                DrawPage(page);
                document.EndPage();
            }
            document.Close();
        }
        return stream.ToArray();
    }

    private void DrawPage(int page)
    {
        foreach (var (y, draw) in _pages[page])
            draw(y);
        var number = string.Format(texts.Plain.Culture, texts.Plain.Page, page + 1, _pages.Count);
        _pen.Write(number, X(Width - Edge), Height - 30, 9, Soft, End);
        if (page > 0)
            _pen.Write($"{texts.Title} · {facts.Network.In(Language)}", X(Edge), Height - 30, 9, Soft, Start, widest: 380);
    }

    /// <summary>Decides what is where.</summary>
    private void LayOut()
    {
        NewPage();
        Add(20, y => _pen.Write(facts.Network.In(Language), X(Edge), y, 13, Accent, Start, FontStrength.Strong, Width - (2 * Edge)));
        Add(32, y => _pen.Write(texts.Title, X(Edge), y, 26, Ink, Start, FontStrength.Strong));
        _y += 8;
        foreach (var (label, value) in facts.About)
            About(label, value);
        _y += 6;
        Table(GroupsOf(score => score.Total, every: true));
        Add(26, y => _pen.Write(texts.Rule, X(Edge), y, 9, Soft, Start, widest: Width - (2 * Edge)));

        if (scores.All(s => s.Total == default))
            Add(20, y => _pen.Write(texts.Empty, X(Edge), y, 10.5f, Ink, Start, widest: Width - (2 * Edge)));
        var hospitals = scores
            .SelectMany(s => s.Hospitals)
            .Where(h => h.Score != default)
            .Select(h => h.Id)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var hospital in hospitals.Take(MostHospitals))
        {
            var groups = GroupsOf(score => score.Hospitals.FirstOrDefault(h => h.Id == hospital)?.Score ?? default, every: false);
            var isFirst = hospital == hospitals[0];
            Keep((isFirst ? TitleHeight : 0) + NameHeight + groups[0].Height);
            if (isFirst)
                Add(TitleHeight, y => _pen.Write(texts.ByHospital, X(Edge), y, 18, Ink, Start, FontStrength.Strong));
            var name = facts.Hospitals.TryGetValue(hospital, out var known) ? known.In(Language) : hospital;
            Add(NameHeight, y => _pen.Write(name, X(Edge), y, 13, Accent, Start, FontStrength.Strong, Width - (2 * Edge)));
            Table(groups);
        }
        if (hospitals.Count > MostHospitals)
        {
            var more = string.Format(texts.Plain.Culture, texts.More, hospitals.Count - MostHospitals);
            Add(26, y => _pen.Write(more, X(Edge), y, 9, Soft, Start, widest: Width - (2 * Edge)));
        }
    }

    /// <summary>A label and its value, which takes as many lines as it needs.</summary>
    private void About(string label, string value)
    {
        const float size = 10,
            start = Edge + 120;
        var lines = _pen.Break(value, size, FontStrength.Regular, Width - Edge - start, MostLines);
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, isFirst) = (lines[i], i == 0);
            Add(
                isFirst ? 16 : 13,
                y =>
                {
                    if (isFirst)
                        _pen.Write(label, X(Edge), y, size, Soft, Start, widest: 110);
                    _pen.Write(line, X(start), y, size, Ink, Start, widest: Width - Edge - start);
                }
            );
        }
    }

    /// <summary>A group of figures with at least one line.</summary>
    private sealed record Group(string Name, ImmutableArray<(Figure Figure, Score Score)> Lines)
    {
        public float Height => (1 + Lines.Length) * RowHeight;
    }

    /// <param name="every">Whether figures that are zero are shown too.</param>
    private List<Group> GroupsOf(Func<FigureScore, Score> of, bool every) =>
        [
            .. FigureTexts
                .Groups.Select(g => new Group(
                    g.Name.In(Language),
                    [
                        .. scores
                            .Where(s => g.Figures.Contains(s.Figure))
                            .Select(s => (s.Figure, Score: of(s)))
                            .Where(s => every || s.Score != default),
                    ]
                ))
                .Where(g => g.Lines.Length > 0),
        ];

    /// <summary>A group is not divided between two pages, so its heading never stands alone.</summary>
    private void Table(List<Group> groups)
    {
        foreach (var group in groups)
        {
            Keep(group.Height);
            Row(group.Name, texts.Planned, texts.Done, texts.NotRecorded, FontStrength.Strong);
            foreach (var (figure, score) in group.Lines)
                Row(
                    FigureTexts.Of(figure).In(Language),
                    Number(score.Planned),
                    Number(score.Done),
                    Number(score.NotRecorded),
                    FontStrength.Regular
                );
            _y += 6;
        }

        static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }

    private void Row(string name, string planned, string done, string missing, FontStrength strength) =>
        Add(
            RowHeight,
            y =>
            {
                const float size = 10.5f;
                _pen.Write(name, X(Edge), y, size, Ink, Start, strength, widest: 250);
                foreach (var (text, at) in ((string[])[planned, done, missing]).Zip(Columns))
                    _pen.Write(text, X(at), y, size, Ink, End, strength, widest: 84);
                using var line = new SKPaint { Color = Rule };
                _pen.Canvas.DrawRect(Edge, y + 6, Width - (2 * Edge), 0.6f, line);
            }
        );

    private void Add(float height, Action<float> draw)
    {
        Keep(height);
        _y += height;
        _pages[^1].Add((_y, draw));
    }

    /// <summary>Begins a new page if so much does not fit on this one.</summary>
    private void Keep(float height)
    {
        if (_y + height > Bottom)
            NewPage();
    }

    private void NewPage()
    {
        _pages.Add([]);
        _y = Edge;
    }
}
