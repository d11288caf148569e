using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Conferences.Export;

/// <summary>
/// What the hub writes where a format demands something that a session does not have, and how an import knows it again: so that what the
/// hub
/// wrote can be read by it without anything having changed.
/// </summary>
internal static class ExportNames
{
    /// <summary>A UUID of version 8 (RFC 9562, 5.8) made of the id, always the same.</summary>
    public static string GuidOf(string id)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }

    public static string GuidOf(SessionId session) => GuidOf("session/" + session.Value);

    /// <summary>A positive number made of the id.</summary>
    public static int NumberOf(SessionId session)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes("session/" + session.Value), hash);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) >> 2) + 1;
    }

    /// <summary>The end of the address of a session's own page.</summary>
    public static string PageOf(ConferenceId conference, SessionId session) => $"/conferences/{conference}?session={session}";

    /// <summary>A session as the hub has it, where a file repeats what an export made up for it.</summary>
    public static ConferenceSession TakeBack(ConferenceId conference, ConferenceSession incoming, ConferenceSession before) =>
        incoming with
        {
            SourceGuid = incoming.SourceGuid == GuidOf(before.Id) ? before.SourceGuid : incoming.SourceGuid,
            SourceId = incoming.SourceId == $"{NumberOf(before.Id)}" ? before.SourceId : incoming.SourceId,
            Slug = incoming.Slug is null || incoming.Slug == SlugOf(before.Id) ? before.Slug : incoming.Slug,
            Url =
                before.Url is null && incoming.Url?.EndsWith(PageOf(conference, before.Id), StringComparison.Ordinal) == true
                    ? null
                    : incoming.Url,
        };

    /// <summary>Lower-case letters, digits, dashes and underscores, ending with a letter or digit.</summary>
    public static string SlugOf(SessionId id)
    {
        var slug = id.Value.Replace('.', '-').TrimEnd('-', '_');
        return slug.Length < 2 ? slug + "00" : slug;
    }

    /// <summary>A title or a name: one line of text, which no reader takes for HTML.</summary>
    public static string Line(string? text) => PlainText.Line(text) ?? "";

    /// <summary>An abstract as a reader will understand it again: as HTML where a reader would take it for that, or where it has lines that
    /// it would lose.</summary>
    public static string Paragraphs(string? text)
    {
        if (text is null)
            return "";
        var clean = PlainText.Printable(text.ReplaceLineEndings("\n"));
        return PlainText.Paragraphs(clean, out _) == clean
            ? clean
            : $"<p>{WebUtility.HtmlEncode(clean).Replace("\n", "<br/>", StringComparison.Ordinal)}</p>";
    }
}
