using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Conferences.Export;

/// <summary>
/// Makes guids, ids and slugs for sessions that have none, because the file formats demand them. When a file is imported, this class
/// recognises the guids, ids and slugs that it made. An import of the hub's own export therefore does not change them in the programme.
/// </summary>
internal static class ExportNames
{
    /// <summary>Makes a UUID of version 8 (RFC 9562, 5.8) from the id. The same id always gives the same UUID.</summary>
    public static string GuidOf(string id)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }

    public static string GuidOf(SessionId session) => GuidOf("session/" + session.Value);

    /// <summary>Makes a positive number from the id.</summary>
    public static int NumberOf(SessionId session)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes("session/" + session.Value), hash);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) >> 2) + 1;
    }

    /// <summary>The end of the address of a session's own page.</summary>
    public static string PageOf(ConferenceId conference, SessionId session) => $"/conferences/{conference}?session={session}";

    /// <summary>
    /// If an export made the guid, id, slug or address of an incoming session, the session gets back its earlier value. If the file gives
    /// no slug, the session keeps its earlier slug.
    /// </summary>
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

    /// <summary>Makes a slug of lower-case letters, digits, dashes and underscores that ends with a letter or a digit.</summary>
    public static string SlugOf(SessionId id)
    {
        var slug = id.Value.Replace('.', '-').TrimEnd('-', '_');
        return slug.Length < 2 ? slug + "00" : slug;
    }

    /// <summary>Returns a title or a name as one line of plain text.</summary>
    public static string Line(string? text) => PlainText.Line(text) ?? "";

    /// <summary>
    /// Returns an abstract in a form that an import reads back unchanged, apart from repeated spaces and blank lines. The form is HTML if
    /// an import would change the plain text.
    /// </summary>
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
