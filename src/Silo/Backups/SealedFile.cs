using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ConsultHub.Backups;

/// <summary>What an operator asked for cannot be done; the message says why, and what to do.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The form of everything the hub puts into files: gzip of UTF-8 lines, each a JSON object. The first says what the file is, the last how
/// many lines stand before it and their SHA-256, line ends (LF) included; so <c>zcat file | head -n -1 | sha256sum</c> checks it without
/// the hub.
/// </summary>
internal static class SealedFile
{
    /// <param name="Format">What the file is, such as <c>consult-hub-backup</c>.</param>
    /// <param name="Version">Of the format; a reader refuses those above its own.</param>
    public record Head(string Format, int Version);

    /// <param name="Lines">How many stand before this one.</param>
    /// <param name="Sha256">Of those, in hexadecimal.</param>
    private sealed record Seal(long Lines, string Sha256);

    /// <summary>Writes beside the file's name and gives it the name once all of it is on the disk, so that a file with this name is
    /// whole.</summary>
    public sealed class Writer : IDisposable
    {
        private readonly string _path,
            _unfinished;
        private readonly FileStream _file;
        private readonly GZipStream _zip;
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _lines;

        public Writer(string path)
        {
            (_path, _unfinished) = (Path.GetFullPath(path), Path.GetFullPath(path) + ".unfinished");
            try
            {
                // For nobody else's eyes: it holds all that the database does.
                var mode = new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.Write,
                    BufferSize = 1 << 16,
                };
                if (!OperatingSystem.IsWindows())
                    mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                _file = new FileStream(_unfinished, mode);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BackupException($"{path} cannot be written: {e.Message}", e);
            }
            _zip = new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true);
        }

        public void Write<T>(T line)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(line, HubJson.Options);
            foreach (var part in (ReadOnlySpan<byte[]>)[bytes, "\n"u8.ToArray()])
            {
                _hash.AppendData(part);
                _zip.Write(part);
            }
            _lines++;
        }

        /// <returns>Its size in bytes.</returns>
        public long Complete()
        {
            Write(new Seal(_lines, Convert.ToHexStringLower(_hash.GetCurrentHash())));
            _zip.Dispose();
            _file.Flush(flushToDisk: true);
            var size = _file.Length;
            _file.Dispose();
            File.Move(_unfinished, _path, overwrite: true);
            return size;
        }

        public void Dispose()
        {
            _zip.Dispose();
            _file.Dispose();
            _hash.Dispose();
            File.Delete(_unfinished);
        }
    }

    /// <summary>The lines, first to last without the seal; what came before is good only once this has ended without a fault.</summary>
    /// <exception cref="BackupException">The file is missing, damaged, cut short, or of another format or a newer version.</exception>
    public static IEnumerable<string> Read(string path, string format, int version)
    {
        using var file = Open(path);
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = 0L;
        var line = Next(lines, path);
        CheckHead(line, path, format, version);
        while (line is not null && Next(lines, path) is { } next)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            number++;
            yield return line;
            line = next;
        }
        if (
            Parse<Seal>(line!, path) is not { Sha256: { } sealedHash } seal
            || seal.Lines != number
            || sealedHash != Convert.ToHexStringLower(hash.GetHashAndReset())
        )
            throw Damaged(path);
    }

    /// <summary>What a file says it is; null where it says nothing.</summary>
    public static string? FormatOf(string path)
    {
        using var lines = new StreamReader(new GZipStream(Open(path), CompressionMode.Decompress), Encoding.UTF8);
        return Next(lines, path) is { } line ? Parse<Head>(line, path).Format : null;
    }

    /// <exception cref="BackupException">It is no such line.</exception>
    public static T Parse<T>(string line, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, HubJson.Options) ?? throw Damaged(path);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Damaged(path, e);
        }
    }

    public static BackupException Damaged(string path, Exception? inner = null) =>
        new($"{path} is damaged or cut short; nothing was taken from it.", inner);

    private static void CheckHead(string? line, string path, string format, int version)
    {
        if (line is null)
            throw Damaged(path);
        var head = Parse<Head>(line, path);
        if (head.Format != format)
            throw new BackupException($"{path} is not a file of the kind {format}.");
        if (head.Version > version)
            throw new BackupException(
                $"{path} has version {head.Version} of its format, but this program knows versions up to {version}: use the newer program that wrote it."
            );
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static string? Next(StreamReader lines, string path)
    {
        try
        {
            return lines.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw Damaged(path, e);
        }
    }
}
