using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using MimeKit;
using MimeKit.Text;

namespace ConsultHub.Web.Mail;

/// <summary>Writes letters as mails, in plain text and in HTML.</summary>
internal static class MailMessage
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>
    /// Returns a mail. The Message-ID is always the same for the same mail, so that receivers recognise one that comes twice.
    /// </summary>
    public static MimeMessage Of(Guid id, Letter letter, MailOptions options)
    {
        var texts = letter.Languages.Select(l => MailTexts.For(l)!).Select(t => (Texts: t, Written: t.Write(letter))).ToList();
        var message = new MimeMessage
        {
            Subject = string.Join(" · ", texts.Select(t => t.Written.Subject)),
            MessageId = $"{id:n}@{options.From[(options.From.LastIndexOf('@') + 1)..]}",
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = Plain(texts) },
                new TextPart(TextFormat.Html) { Text = Marked(texts) },
            },
        };
        message.From.Add(options.Sender);
        message.To.Add(new MailboxAddress(OneLine(letter.Name.In(letter.Languages[0])), letter.To));
        // Programs that answer mails by themselves do not answer these (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>A name without line breaks and other control characters, because it becomes part of a header.</summary>
    private static string OneLine(string name) => new([.. name.Select(c => char.IsControl(c) ? ' ' : c)]);

    private static string Plain(List<(MailTexts Texts, WrittenMail Written)> texts) =>
        string.Join(
            "\n\n----\n\n",
            texts.Select(t => string.Join("\n\n", t.Written.Paragraphs.Append(new(t.Texts.Signature)).Select(p => p.Link ?? p.Text)))
        ) + "\n";

    private static string Marked(List<(MailTexts Texts, WrittenMail Written)> texts)
    {
        var html = new StringBuilder("<!doctype html><html><head><meta charset=\"utf-8\"></head><body>");
        foreach (var (t, written) in texts)
        {
            var direction = t.RightToLeft ? "rtl" : "ltr";
            html.Append(
                CultureInfo.InvariantCulture,
                $"<div lang=\"{t.Language}\" dir=\"{direction}\" style=\"font:16px/1.5 sans-serif;max-width:40em;margin:1em\">"
            );
            foreach (var paragraph in written.Paragraphs.Append(new(t.Signature)))
                html.Append("<p>")
                    .Append(
                        paragraph.Link is { } link
                            ? $"<a href=\"{Html.Encode(link)}\">{Html.Encode(paragraph.Text)}</a>"
                            : Html.Encode(paragraph.Text)
                    )
                    .Append("</p>");
            html.Append("</div>");
        }
        return html.Append("</body></html>").ToString();
    }
}
