using ConsultHub.Silo;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Lectures;

/// <summary>Where decks of slides are kept. A deck never changes once it is there.</summary>
public interface ISlideFiles
{
    /// <summary>How many decks a lecture has.</summary>
    Task<int> CountAsync(SessionId session);

    /// <summary>Takes a checked file over.</summary>
    Task PutAsync(SessionId session, Guid deck, FileInfo file);

    /// <returns>Readable from any place; null where there is no such deck.</returns>
    Task<Stream?> OpenAsync(SessionId session, Guid deck);
}

/// <summary>Files in <c>lectures/</c> of the data path, which the web nodes of a cluster share.</summary>
internal sealed class FolderSlideFiles(IOptions<HubOptions> hub) : ISlideFiles
{
    public Task<int> CountAsync(SessionId session) =>
        Task.FromResult(Directory.Exists(Folder(session)) ? Directory.EnumerateFiles(Folder(session), "*.pdf").Count() : 0);

    public Task PutAsync(SessionId session, Guid deck, FileInfo file)
    {
        Directory.CreateDirectory(Folder(session));
        // The upload may lie on another volume: first beside its place, then into it at once.
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

    // A key may hold dots but neither begins with one nor holds a slash.
    private string Folder(SessionId session) => Path.Combine(hub.Value.DataPath, "lectures", session.Value, "slides");

    private string PathOf(SessionId session, Guid deck) => Path.Combine(Folder(session), $"{deck:N}.pdf");
}
