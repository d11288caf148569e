using ConsultHub.Attendance;
using ConsultHub.Certificates;
using SkiaSharp;

namespace ConsultHub.Web.Certificates;

/// <summary>Draws a certificate of attendance, and then the list of lectures.</summary>
public sealed class CertificatePdf(
    Certificate certificate,
    CertificateTexts texts,
    CertificateFonts fonts,
    TimeZoneInfo zone,
    string address
)
    : CertificateSheet(
        new(certificate.Number, certificate.Holder, certificate.Network, certificate.Title, certificate.IssuedAt),
        texts,
        fonts,
        zone,
        address
    )
{
    private readonly CertificateList _list = new(certificate, texts);

    protected override string Title => Texts.Title;

    protected override int ListPages => _list.Pages;

    protected override void DrawList(int page) => _list.Draw(Pen, page);

    protected override void DrawBody()
    {
        Pen.Write(Texts.Attended, Middle, 273, 13, Soft);
        var y = 300f;
        foreach (var line in Pen.Break(certificate.Title, 20, FontStrength.Strong, Width - (3 * Edge), most: 2))
        {
            Pen.Write(line, Middle, y, 20, Ink, strength: FontStrength.Strong);
            y += 25;
        }
        if (_list.Days is var (first, last))
            Pen.Write(Texts.Days(first, last), Middle, y - 2, 13, Soft);
        DrawCredit(y + 14);
    }

    private void DrawCredit(float top)
    {
        const float width = 380,
            height = 76;
        using var fill = new SKPaint { Color = Pale, IsAntialias = true };
        Pen.Canvas.DrawRoundRect(Middle - (width / 2), top, width, height, 6, 6, fill);
        var amount = CertificateTexts.Credit(certificate.Credits);
        var unit = CreditUnit.Of(certificate.Policy.Unit, certificate.Credits, Texts.Language);
        var (amountWidth, unitWidth) = (Pen.Measure(amount, 30, FontStrength.Strong), Pen.Measure(unit, 15, FontStrength.Strong));
        var x = FromStart(Middle - ((amountWidth + 8 + unitWidth) / 2));
        Pen.Write(amount, x, top + 36, 30, Accent, Start, FontStrength.Strong);
        Pen.Write(unit, x + (Texts.RightToLeft ? -amountWidth - 8 : amountWidth + 8), top + 36, 15, Ink, Start, FontStrength.Strong);
        var body = string.Format(Texts.Culture, Texts.CountedBy, certificate.Policy.Name.In(Texts.Language));
        Pen.Write(body, Middle, top + 54, 10.5f, Soft, widest: width - 20);
        var count =
            $"{string.Format(Texts.Culture, Texts.Lectures, certificate.Lectures.Length)}  ·  "
            + $"{Texts.Time(certificate.Lectures.Sum(l => l.Minutes))}";
        Pen.Write(count, Middle, top + 69, 10.5f, Soft);
    }
}
