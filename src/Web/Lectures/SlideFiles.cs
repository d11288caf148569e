using ConsultHub.Silo;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Lectures;

/// <summary>The storage of slide decks. A stored deck never changes.</summary>
public interface ISlideFiles
{
    /// <summary>The number of a lecture's decks.</summary>
    Task<int> CountAsync(SessionId session);

    /// <summary>Stores a checked file.</summary>
    Task PutAsync(SessionId session, Guid deck, FileInfo file);

    /// <returns>A stream that can seek. Null when there is no such deck.</returns>
    Task<Stream?> OpenAsync(SessionId session, Guid deck);
}

/// <summary>Files in <c>lectures/</c> of the data path. The web nodes of a cluster share the data path.</summary>
internal sealed class FolderSlideFiles(IOptions<HubOptions> hub) : ISlideFiles
{
    public Task<int> CountAsync(SessionId session) =>
        Task.FromResult(Directory.Exists(Folder(session)) ? Directory.EnumerateFiles(Folder(session), "*.pdf").Count() : 0);

    public Task PutAsync(SessionId session, Guid deck, FileInfo file)
    {
        Directory.CreateDirectory(Folder(session));
        // The upload may be on another volume. A copy next to the target makes the last step an atomic move.
        var part = PathOf(session, deck) + ".part";
        file.CopyTo(part, overwrite: true);
        File.Move(part, PathOf(session, deck));
        return Task.CompletedTask;
    }

    public Task<Stream?> OpenAsync(SessionId session, Guid deck) =>
        Task.FromResult<Stream?>(
            File.Exists(PathOf(session, deck))
                ? new FileStream(PathOf(session, deck), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous)
                : null
        );

    // A session id may contain dots, but it cannot start with a dot or contain a slash. So the path cannot lead out of the data path.
    private string Folder(SessionId session) => Path.Combine(hub.Value.DataPath, "lectures", session.Value, "slides");

    private string PathOf(SessionId session, Guid deck) => Path.Combine(Folder(session), $"{deck:N}.pdf");
}
