using ConsultHub.Certificates;
using SkiaSharp;

namespace ConsultHub.Web.Certificates;

/// <summary>Draws the pages that follow the first page of a certificate. They have one row for each lecture that counts.</summary>
internal sealed class CertificateList(Certificate certificate, CertificateTexts texts)
{
    private const float Width = 842,
        Height = 595,
        Edge = 56,
        RowHeight = 22,
        Top = 128;
    private const int RowsOnPage = 17;
    private static readonly SKColor Ink = new(0x10, 0x2A, 0x43),
        Soft = new(0x52, 0x60, 0x6D),
        Line = new(0xD5, 0xDC, 0xE2);

    private const int MinutesAt = 700,
        CreditAt = 786;

    /// <summary>The number of pages. The last one also has the total.</summary>
    public int Pages => (certificate.Lectures.Length + RowsOnPage) / RowsOnPage;

    /// <summary>The first and the last day of the lectures. Null if no lecture has a day.</summary>
    public (DateOnly First, DateOnly Last)? Days =>
        certificate.Lectures.Select(l => l.Day).OfType<DateOnly>().Order().ToList() is { Count: > 0 } days ? (days[0], days[^1]) : null;

    private float X(float x) => texts.RightToLeft ? Width - x : x;

    private LineAlign Start => texts.RightToLeft ? LineAlign.Right : LineAlign.Left;

    private LineAlign End => texts.RightToLeft ? LineAlign.Left : LineAlign.Right;

    public void Draw(TextPen pen, int page)
    {
        pen.Write(texts.ListTitle, X(Edge), 66, 20, Ink, Start, FontStrength.Strong);
        pen.Write(certificate.Holder.In(texts.Language), X(Edge), 88, 12, Soft, Start, widest: 500);
        pen.Write(certificate.Number, X(Width - Edge), 66, 10, Soft, End);
        pen.Write(string.Format(texts.Culture, texts.Page, page + 2, Pages + 1), X(Width - Edge), Height - 32, 9, Soft, End);
        var y = Top;
        Row(pen, y, texts.Date, texts.Lecture, texts.MinutesColumn, texts.CreditColumn, FontStrength.Strong);
        foreach (var lecture in certificate.Lectures.Skip(page * RowsOnPage).Take(RowsOnPage))
        {
            y += RowHeight;
            Row(
                pen,
                y,
                lecture.Day is { } day ? texts.Day(day) : "",
                lecture.Title,
                ((int)lecture.Minutes).ToString(texts.Culture),
                CertificateTexts.Credit(lecture.Credits),
                FontStrength.Regular
            );
        }
        if (page < Pages - 1)
            return;
        Row(
            pen,
            y + RowHeight,
            "",
            texts.Total,
            ((int)certificate.Lectures.Sum(l => l.Minutes)).ToString(texts.Culture),
            CertificateTexts.Credit(certificate.Credits),
            FontStrength.Strong
        );
        if (certificate.Policy.DayCap is not { } cap)
            return;
        Note(pen, y + (2 * RowHeight), string.Format(texts.Culture, texts.DayCap, CertificateTexts.Credit(cap)));
        var elsewhere = certificate.Elsewhere.Select(e => $"{texts.Day(e.Day)} – {CertificateTexts.Credit(e.Credits)} ({e.Title})");
        if (!certificate.Elsewhere.IsEmpty)
            Note(pen, y + (2 * RowHeight) + 14, string.Format(texts.Culture, texts.Elsewhere, string.Join("; ", elsewhere)));
    }

    private void Note(TextPen pen, float y, string text) => pen.Write(text, X(Edge), y, 9, Soft, Start, widest: Width - (2 * Edge) - 90);

    private void Row(TextPen pen, float y, string date, string lecture, string minutes, string credit, FontStrength strength)
    {
        const float size = 10.5f;
        pen.Write(date, X(Edge), y, size, Ink, Start, strength, widest: 110);
        pen.Write(lecture, X(Edge + 120), y, size, Ink, Start, strength, widest: MinutesAt - Edge - 120 - 70);
        pen.Write(minutes, X(MinutesAt), y, size, Ink, End, strength);
        pen.Write(credit, X(CreditAt), y, size, Ink, End, strength);
        using var line = new SKPaint { Color = Line };
        pen.Canvas.DrawRect(Edge, y + 7, Width - (2 * Edge), 0.6f, line);
    }
}
