namespace ConsultHub.Load;

/// <summary>Something outside this program stands against the run; the message says what.</summary>
internal sealed class LoadException(string message) : Exception(message);
