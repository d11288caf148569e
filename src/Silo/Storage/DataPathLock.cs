namespace ConsultHub.Storage;

/// <summary>
/// A lock that a process holds while it uses a data path, because two embedded hubs on one path would not know of each other. The operating
/// system releases the lock when the process ends, even after a crash. Several hosts within one process may share a path, as the tests with
/// two writers do.
/// </summary>
internal sealed class DataPathLock : IDisposable
{
    private static readonly Dictionary<string, (FileStream File, int Holders)> Held = [];

    private readonly string _path;

    private DataPathLock(string path) => _path = path;

    /// <param name="patience">How long to wait for another process that is about to end.</param>
    /// <exception cref="StorageStartException">Another process uses the folder.</exception>
    public static async Task<DataPathLock> TakeAsync(string folder, TimeSpan patience, CancellationToken cancel)
    {
        var path = Path.Combine(folder, "hub.lock");
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(100))
        {
            try
            {
                lock (Held)
                {
                    Held[path] = Held.TryGetValue(path, out var held) ? (held.File, held.Holders + 1) : (Open(path), 1);
                }
                return new DataPathLock(path);
            }
            catch (IOException e) when (File.Exists(path))
            {
                if (waited >= patience)
                    throw new StorageStartException($"Hub:DataPath is \"{folder}\", which another running hub uses.", e);
            }
            await Task.Delay(100, cancel);
        }
    }

    public void Dispose()
    {
        lock (Held)
        {
            var (file, holders) = Held[_path];
            if (holders > 1)
            {
                Held[_path] = (file, holders - 1);
                return;
            }
            Held.Remove(_path);
            file.Dispose();
        }
    }

    private static FileStream Open(string path)
    {
        PrivateFiles.MakeFile(path);
        return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
