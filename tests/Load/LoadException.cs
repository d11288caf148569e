namespace ConsultHub.Load;

/// <summary>Something outside this program prevents the run. The message says what.</summary>
internal sealed class LoadException(string message) : Exception(message);
