using ConsultHub.Certificates;
using SkiaSharp;

namespace ConsultHub.Web.Certificates;

/// <summary>Draws a certificate of completion, and then the list of what the holder has done.</summary>
public sealed class CompletionPdf(
    CompletionCertificate certificate,
    CertificateTexts texts,
    CertificateFonts fonts,
    TimeZoneInfo zone,
    string address
)
    : CertificateSheet(
        new(certificate.Number, certificate.Holder, certificate.Network, certificate.Title.In(texts.Language), certificate.IssuedAt),
        texts,
        fonts,
        zone,
        address
    )
{
    private const float RowHeight = 22,
        Top = 128;
    private const int RowsOnPage = 18;

    private readonly CompletionTexts _words = CompletionTexts.For(texts.Language);

    protected override string Title => _words.Title;

    /// <summary>There is no list if the certificate has no lines.</summary>
    protected override int ListPages => (certificate.Lines.Length + RowsOnPage - 1) / RowsOnPage;

    protected override void DrawBody()
    {
        var language = Texts.Language;
        Pen.Write(_words.Completed, Middle, 273, 13, Soft);
        var y = 302f;
        foreach (var line in Pen.Break(certificate.Title.In(language), 20, FontStrength.Strong, Width - (3 * Edge), most: 2))
        {
            Pen.Write(line, Middle, y, 20, Ink, strength: FontStrength.Strong);
            y += 25;
        }
        Pen.Write(_words.Kind(certificate.Kind), Middle, y, 13, Soft, widest: Width - (3 * Edge));
        Pen.Write(certificate.CohortName.In(language), Middle, y + 22, 13, Ink, strength: FontStrength.Strong, widest: Width - (3 * Edge));
        Pen.Write(Texts.Days(certificate.From, certificate.To), Middle, y + 44, 13, Soft);
        if (certificate.Partner is { } partner)
            Pen.Write(
                string.Format(Texts.Culture, _words.With, partner.In(language)),
                Middle,
                y + 66,
                13,
                Soft,
                widest: Width - (3 * Edge)
            );
    }

    protected override void DrawList(int page)
    {
        Pen.Write(_words.ListTitle, FromStart(Edge), 66, 20, Ink, Start, FontStrength.Strong);
        Pen.Write(certificate.Holder.In(Texts.Language), FromStart(Edge), 88, 12, Soft, Start, widest: 500);
        Pen.Write(certificate.Number, FromStart(Width - Edge), 66, 10, Soft, End);
        Pen.Write(string.Format(Texts.Culture, Texts.Page, page + 2, ListPages + 1), FromStart(Width - Edge), Height - 32, 9, Soft, End);
        var y = Top;
        foreach (var line in certificate.Lines.Skip(page * RowsOnPage).Take(RowsOnPage))
        {
            Pen.Write(line.Name.In(Texts.Language), FromStart(Edge), y, 10.5f, Ink, Start, widest: 430);
            if (line.Result is { } result)
                Pen.Write(result, FromStart(Width - Edge), y, 10.5f, Ink, End, FontStrength.Strong, widest: 250);
            using var rule = new SKPaint { Color = Rule };
            Pen.Canvas.DrawRect(Edge, y + 7, Width - (2 * Edge), 0.6f, rule);
            y += RowHeight;
        }
    }
}
